package dev.tarn.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Tarn's own program lies: {@code lib/<process>/} is the class path of one process, {@code plugins/} what Kafka
 * Connect loads, {@code cds/} the class-data archives that make a second start fast.
 *
 * @param path the absolute path of the folder that the build fills
 */
public record ProgramHome(Path path) {
    public ProgramHome {
        path = path.toAbsolutePath().normalize();
    }

    /** The program home that the launcher passes as the system property {@code tarn.home}. */
    public static ProgramHome ofThisProcess() {
        String home = System.getProperty("tarn.home");
        if (home == null) {
            throw new IllegalStateException("the system property tarn.home is not set; start Tarn through ./tarn");
        }
        return new ProgramHome(Path.of(home));
    }

    /** The jars of one process's class path, in a fixed order: class-data archives hold for one order only. */
    public List<Path> jars(String process) {
        Path folder = path.resolve("lib").resolve(process);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no programs in '" + folder + "'; build them with ./mvnw -DskipTests package", e);
        }
    }

    /** The folder of Kafka Connect's plugins. */
    public Path plugins() {
        return path.resolve("plugins");
    }

    /** The folder of the class-data archives. */
    public Path archives() {
        return path.resolve("cds");
    }

    /** The version of a library in a class path folder, read from its jar's name. */
    public String versionOf(String process, String artifact) {
        return jars(process).stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .filter(name -> name.startsWith(artifact + "-"))
                .map(name -> name.substring(artifact.length() + 1).replaceAll("(-runner)?\\.jar$", ""))
                .findFirst()
                .orElse("unknown");
    }
}

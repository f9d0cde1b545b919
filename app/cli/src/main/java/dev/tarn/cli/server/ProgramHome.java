package dev.tarn.cli.server;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the program lies that the build puts together.
 *
 * @param directory {@code target/tarn} in a checkout
 */
public record ProgramHome(Path directory) {
    /** The home that the launcher names. */
    public static ProgramHome ofThisProcess() {
        return new ProgramHome(Path.of(System.getProperty("tarn.home", "")).toAbsolutePath());
    }

    /** The jars of the server. */
    List<Path> serverJars() {
        return jars("server");
    }

    /** The jars of a process, sorted: a class-data archive holds for one order only. */
    List<Path> jars(String process) {
        Path folder = directory.resolve("lib").resolve(process);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (!jars.isEmpty()) {
                return jars;
            }
        } catch (IOException e) {
            // As good as empty.
        }
        throw new TarnException(
                ErrorKind.USER,
                "HOME_INCOMPLETE",
                "Cannot start " + (process.equals("server") ? "the server" : "a process for " + process)
                        + ": there is no program in '" + folder
                        + "'. Build it with ./mvnw -DskipTests package, or start tarn through its launcher.");
    }

    static String classPath(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The server's class-data archive for the JDK of this process. It need not exist. */
    Path serverArchive() {
        return archive("server");
    }

    /** The same of any process. */
    Path archive(String process) {
        return directory.resolve("cds/" + process + "-" + System.getProperty("java.runtime.version") + ".jsa");
    }
}

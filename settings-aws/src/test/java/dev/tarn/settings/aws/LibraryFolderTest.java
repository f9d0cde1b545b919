package dev.tarn.settings.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.TarnException;
import dev.tarn.settings.LakeSettings;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The real way: a program of its own, the AWS library in lib/aws alone. */
class LibraryFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void fillLibraryAndLake() throws Exception {
        Path library = Files.createDirectories(folder.resolve("home/lib/aws"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (jar.toString().matches(".*(amazon|slf4j|reactive-streams).*\\.jar")) {
                Files.copy(jar, library.resolve(jar.getFileName()));
            }
        }
        pack(place(ParameterStore.class), library.resolve("tarn-settings-aws.jar"));
        Files.createDirectories(folder.resolve("museum/sources"));
        Files.writeString(folder.resolve("museum/lake.yaml"), "");
    }

    @Test
    void parameterIsReadThroughTheLibraryFolder() throws Exception {
        writePassword("/museum/password");
        try (LocalParameterStore server = LocalParameterStore.start()) {
            assertThat(run(server.url()))
                    .containsExactly(
                            "The AWS library is not on the class path.",
                            "Login[user=tarn, password=***]",
                            LocalParameterStore.VALUE.length() + " letters");
        }
    }

    @Test
    void missingParameterIsAProblemWithItsLine() throws Exception {
        writePassword("/museum/other");
        try (LocalParameterStore server = LocalParameterStore.start()) {
            assertThat(run(server.url()))
                    .containsExactly(
                            "The AWS library is not on the class path.",
                            "Cannot read the settings of lake '" + folder.resolve("museum") + "': 1 problem.",
                            "sources/moma.yaml line 4: postgres.password: parameter '/museum/other' does not exist in"
                                    + " AWS Systems Manager",
                            "Correct them and run the command again. [SETTINGS_INVALID]");
        }
    }

    private void writePassword(String parameter) throws IOException {
        Files.writeString(folder.resolve("museum/sources/moma.yaml"), """
            postgres:
              url: "jdbc:postgresql://db:5432/moma"
              user: tarn
              password: "${ssm:%s}"
            tables: [{table: public.artists}]
            """.formatted(parameter));
    }

    private List<String> run(String endpoint) throws Exception {
        String classPath = Stream.of(
                        LakeProgram.class,
                        LakeSettings.class,
                        TarnException.class,
                        LoadSettings.class,
                        NullMarked.class)
                .map(LibraryFolderTest::place)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-Dtarn.home=" + folder.resolve("home"),
                        "-Daws.endpointUrlSsm=" + endpoint,
                        "-Daws.region=eu-central-1",
                        "-Daws.accessKeyId=key-of-test",
                        "-Daws.secretAccessKey=no-secret",
                        "-cp",
                        classPath,
                        LakeProgram.class.getName(),
                        folder.resolve("museum").toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        process.waitFor();
        return lines;
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                Stream<Path> paths = Files.walk(classes)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, entries);
                entries.closeEntry();
            }
        }
    }
}

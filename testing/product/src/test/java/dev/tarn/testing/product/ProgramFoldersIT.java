package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upgrade of a library leaves behind is on no class path: the build takes out the jars of older builds. */
class ProgramFoldersIT {
    /** A name, a version, and perhaps a platform: netty-transport-native-epoll-4.1.96.Final-linux-x86_64.jar. */
    private static final Pattern JAR = Pattern.compile("(.+)-\\d[^-]*(?:-SNAPSHOT)?(-[a-z].*|)\\.jar");

    @ParameterizedTest
    @ValueSource(strings = {"lib", "plugins"})
    void noLibraryIsOnAClassPathInTwoVersions(String kind) throws IOException {
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(Tarn.root().resolve("target/tarn").resolve(kind), Files::isDirectory)) {
            for (Path folder : folders) {
                Map<String, List<String>> versions = versions(folder);
                assertThat(versions).as("libraries in %s", folder).isNotEmpty();
                assertThat(versions)
                        .as("libraries in %s", folder)
                        .allSatisfy(
                                (library, jars) -> assertThat(jars).as(library).hasSize(1));
            }
        }
    }

    private static Map<String, List<String>> versions(Path folder) throws IOException {
        Map<String, List<String>> versions = new TreeMap<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                String name = String.valueOf(jar.getFileName());
                Matcher parts = JAR.matcher(name);
                String library = parts.matches() ? parts.group(1) + parts.group(2) : name;
                versions.computeIfAbsent(library, key -> new ArrayList<>()).add(name);
            }
        }
        return versions;
    }
}

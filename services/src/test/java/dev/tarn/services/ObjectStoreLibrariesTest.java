package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreLibrariesTest {
    @TempDir
    private Path folder;

    @Test
    void missingLibrariesAreNamedWithThePlacesThatLackThem() throws Exception {
        add("lib/engine", "hadoop-client-api", "hadoop-client-runtime");

        assertThat(problem()).get().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ErrorKind.USER);
            assertThat(problem)
                    .hasMessage("Cannot keep the lake's files at 's3a://art/tables': the libraries for S3"
                            + " (hadoop-client-api-*.jar, hadoop-client-runtime-*.jar, hadoop-aws-*.jar, bundle-*.jar)"
                            + " are not all in 'lib/engine', 'plugins/raw-sink' under '" + folder
                            + "'. Add them as docs/guide/settings.md tells under \"S3\", or write 'storage: embedded'"
                            + " in lake.yaml. [S3_LIBRARIES]");
        });
    }

    @Test
    void placeThatHasThemAllIsNotNamed() throws Exception {
        add("lib/engine", "hadoop-client-api", "hadoop-client-runtime", "hadoop-aws", "bundle");
        assertThat(problem())
                .get()
                .extracting(TarnException::getMessage)
                .asString()
                .contains("are not all in 'plugins/raw-sink' under '");

        add("plugins/raw-sink", "hadoop-client-api", "hadoop-client-runtime", "hadoop-aws", "bundle");
        assertThat(problem()).isEmpty();
    }

    private Optional<TarnException> problem() {
        return ObjectStoreLibraries.problem(
                new ProgramHome(folder), "s3a://art/tables", List.of("lib/engine", "plugins/raw-sink"));
    }

    private void add(String place, String... libraries) throws Exception {
        Path directory = Files.createDirectories(folder.resolve(place));
        for (String library : libraries) {
            Files.createFile(directory.resolve(library + "-3.4.3.jar"));
        }
    }
}

package dev.tarn.services.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.ProgramHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineJdkTest {
    @TempDir
    private Path folder;

    @Test
    void jdkNewerThanSparkKnowsIsRefusedBeforeAnythingStarts() throws IOException {
        assertThat(problems("26.0.1")).singleElement().satisfies(problem -> {
            assertThat(problem)
                    .hasMessage("Cannot start service 'engine': Spark 3.5.7 runs on JDK 17 to 25, and this is JDK 26."
                            + " Point JAVA_HOME at one of those, or write 'engine: none' in lake.yaml. [ENGINE_JDK]");
            assertThat(problem.kind().exitCode()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21", "25.0.1"})
    void knownJdksAreTaken(String version) throws IOException {
        assertThat(problems(version)).isEmpty();
    }

    private List<TarnException> problems(String version) throws IOException {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        Path jars = Files.createDirectories(folder.resolve("program/lib/engine"));
        Files.createFile(jars.resolve("spark-sql_2.12-3.5.7.jar"));
        return new EngineService(
                        new ProgramHome(folder.resolve("program")),
                        lake,
                        Ports.of(lake),
                        "local[*]",
                        Optional.empty(),
                        folder.resolve("tables").toString(),
                        Map.of(),
                        new SqlLimits(Duration.ofSeconds(60), 1_000),
                        new StreamServices("b:9092", Map.of(), List.of(), "http://r:8080", Optional.empty()),
                        1 << 30,
                        Runtime.Version.parse(version))
                .problems();
    }
}

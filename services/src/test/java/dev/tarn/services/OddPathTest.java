package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.TarnException;
import dev.tarn.services.kafka.CollectService;
import dev.tarn.services.registry.RegistryService;
import dev.tarn.services.spark.EngineService;
import dev.tarn.services.spark.SqlLimits;
import dev.tarn.services.spark.StreamServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddPathTest {
    private static final SqlLimits LIMITS = new SqlLimits(Duration.ofSeconds(60), 1_000);
    private static final StreamServices STREAMS =
            new StreamServices("b:9092", Map.of(), List.of(), "http://r:8080", Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void commaThatKafkaTakesForAnotherFolder() {
        Path home = folder.resolve("tarn");
        Path comma = folder.resolve("a,b");

        assertThat(collect(home, comma, Optional.empty()).problems())
                .extracting(TarnException::getMessage)
                .containsExactly("Cannot start service 'collect': there is a ',' in the path '" + comma
                        + "', and Kafka takes it for the start of another folder. Move the lake to a path without it."
                        + " [PATH]");
        CollectService.ExternalBroker elsewhere = new CollectService.ExternalBroker("b:9092", Map.of(), List.of());
        assertThat(collect(home, comma, Optional.of(elsewhere)).problems()).isEmpty();
        assertThat(collect(comma, folder, Optional.of(elsewhere)).problems())
                .extracting(TarnException::getMessage)
                .containsExactly("Cannot start service 'collect': there is a ',' in the path '" + comma
                        + "', and Kafka Connect takes it for the start of another folder. Move Tarn to a path without"
                        + " it. [PATH]");
    }

    @Test
    void semicolonThatDatabasesTakeForTheEnd() {
        Path semicolon = folder.resolve("a;b");
        LakeDirectory lake = new LakeDirectory(semicolon);
        ProgramHome home = new ProgramHome(folder);

        assertThat(new RegistryService(home, lake, Ports.of(lake), 1).problems())
                .extracting(TarnException::getMessage)
                .containsExactly("Cannot start service 'registry': there is a ';' in the path '" + semicolon
                        + "', and the registry's database takes it for the end of the path. Move the lake to a path"
                        + " without it. [PATH]");
        assertThat(new EngineService(
                                home,
                                lake,
                                Ports.of(lake),
                                "local[*]",
                                Optional.empty(),
                                "w",
                                Map.of(),
                                LIMITS,
                                STREAMS,
                                1)
                        .problems())
                .extracting(TarnException::getMessage)
                .contains("Cannot start service 'engine': there is a ';' in the path '" + semicolon
                        + "', and the metastore's database takes it for the end of the path. Move the lake to a path"
                        + " without it. [PATH]");
        Optional<String> metastore = Optional.of("thrift://m:9083");
        assertThat(new EngineService(
                                home, lake, Ports.of(lake), "local[*]", metastore, "w", Map.of(), LIMITS, STREAMS, 1)
                        .problems())
                .noneMatch(problem -> problem.code().equals("PATH"));
    }

    @Test
    void colonThatJavaTakesForTheEndOfAPath() {
        Path colon = folder.resolve("a:b");

        assertThat(collect(colon, folder, Optional.empty()).problems())
                .extracting(TarnException::getMessage)
                .containsExactly("Cannot start service 'collect': there is a ':' in the path '" + colon
                        + "', and Java takes it for the end of a path. Move Tarn to a path without it. [PATH]");
    }

    private static CollectService collect(Path home, Path lake, Optional<CollectService.ExternalBroker> broker) {
        LakeDirectory directory = new LakeDirectory(lake);
        return new CollectService(new ProgramHome(home), directory, Ports.of(directory), "museum", broker, Map.of(), 1);
    }
}

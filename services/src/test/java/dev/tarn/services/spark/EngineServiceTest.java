package dev.tarn.services.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.ProcessSpec;
import dev.tarn.services.ProgramHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineServiceTest {
    @TempDir
    private Path folder;

    private Path hudi = Path.of("");

    @BeforeEach
    void makeProgram() throws Exception {
        Path jars = Files.createDirectories(folder.resolve("home/lib/engine"));
        Files.createFile(jars.resolve("spark-sql_2.12-3.5.7.jar"));
        hudi = Files.createFile(jars.resolve("hudi-spark3.5-bundle_2.12-1.2.0.jar"));
    }

    @Test
    void clusterGetsHudiAndTheMetastoreElsewhere() {
        assertThat(configuration("spark://master:7077", Optional.of("thrift://meta:9083")))
                .contains("spark.master=spark://master:7077\n")
                .contains("spark.jars=" + hudi + "\n")
                .contains("metastore.uri=thrift://meta:9083\n")
                .doesNotContain("metastore.port");
    }

    @Test
    void engineOfThisMachineHasHudiAlreadyAndRunsTheMetastore() {
        assertThat(configuration("local[*]", Optional.empty()))
                .contains("sql.timeout-millis=60000\n", "sql.max-rows=1000\n")
                .doesNotContain("spark.jars")
                .contains("metastore.port=");
    }

    @Test
    void optionsOfTheObjectStoreReachTheProcessAndNoFile() {
        ProcessSpec process = process("local[*]", Optional.empty());

        assertThat(process.environment().get("TARN_STORAGE_OPTIONS")).contains("fs.s3a.secret.key=hush");
        assertThat(process.configuration() + process.command()).doesNotContain("hush");
    }

    private String configuration(String master, Optional<String> metastore) {
        return process(master, metastore).configuration();
    }

    private ProcessSpec process(String master, Optional<String> metastore) {
        LakeDirectory lake = new LakeDirectory(folder.resolve("lake"));
        lake.create();
        return new EngineService(
                        new ProgramHome(folder.resolve("home")),
                        lake,
                        Ports.of(lake),
                        master,
                        metastore,
                        "s3a://art/tables",
                        Map.of("fs.s3a.secret.key", "hush"),
                        new SqlLimits(Duration.ofSeconds(60), 1_000),
                        new StreamServices("b:9092", Map.of(), List.of(), "http://r:8080", Optional.empty()),
                        1 << 30)
                .process();
    }
}

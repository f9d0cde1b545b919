package dev.tarn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.TarnException;
import dev.tarn.settings.CatalogSettings.EmbeddedCatalog;
import dev.tarn.settings.CatalogSettings.ExternalCatalog;
import dev.tarn.settings.CatalogSettings.NoCatalog;
import dev.tarn.settings.EngineSettings.EmbeddedEngine;
import dev.tarn.settings.EngineSettings.ExternalEngine;
import dev.tarn.settings.EngineSettings.NoEngine;
import dev.tarn.settings.KafkaSettings.EmbeddedKafka;
import dev.tarn.settings.KafkaSettings.ExternalKafka;
import dev.tarn.settings.RegistrySettings.EmbeddedRegistry;
import dev.tarn.settings.RegistrySettings.ExternalRegistry;
import dev.tarn.settings.StorageSettings.DirectoryStorage;
import dev.tarn.settings.StorageSettings.EmbeddedStorage;
import dev.tarn.settings.StorageSettings.ObjectStorage;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeSettingsTest {
    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void createLake() {
        lake = new TestLake(folder.resolve("museum"));
    }

    @Test
    void emptyFileIsALakeWithEverythingEmbedded() {
        lake.file("lake.yaml", "");

        assertThat(lake.read())
                .isEqualTo(new LakeSettings(
                        folder.resolve("museum"),
                        "museum",
                        new EmbeddedStorage(),
                        new EmbeddedKafka(),
                        new EmbeddedRegistry(),
                        new EmbeddedCatalog(),
                        new EmbeddedEngine(),
                        LimitSettings.DEFAULT,
                        new MemorySettings(DataSize.mebibytes(512), DataSize.mebibytes(256), DataSize.mebibytes(1024)),
                        new SqlSettings(Duration.ofSeconds(60), 1_000),
                        new SchemaSettings(Compatibility.BACKWARD, Map.of()),
                        List.of()));
    }

    @Test
    void loadReadsTheDirectoryOfTheRealMachine() throws IOException {
        Files.writeString(folder.resolve("lake.yaml"), "name: tickets\n");

        assertThat(LakeSettings.load(folder, null).name()).isEqualTo("tickets");
    }

    @Test
    void objectStoreThatIsNotAmazonsHasOptions() {
        lake.environment("S3_SECRET", "hush").file("lake.yaml", """
            storage:
              url: s3a://art-lake/tables
              options: {fs.s3a.endpoint: "http://minio:9000", fs.s3a.secret.key: "${env:S3_SECRET}"}
            """);

        assertThat(lake.read().storage())
                .isEqualTo(new ObjectStorage(
                        URI.create("s3a://art-lake/tables"),
                        new Options(
                                Map.of("fs.s3a.endpoint", "http://minio:9000", "fs.s3a.secret.key", "hush"),
                                Set.of("fs.s3a.secret.key"))));
        assertThat(lake.read().toString()).doesNotContain("hush");
    }

    @Test
    void objectStoreThatIsHalfSaidIsRefused() {
        assertThat(lake.file("lake.yaml", "storage: {options: {fs.s3a.endpoint: e}}")
                        .problems())
                .containsExactly("lake.yaml line 1: storage.url is missing; write url: \"s3a://bucket/prefix\"");
        assertThat(lake.file("lake.yaml", "storage: {url: \"s3a://art-lake/t\", options: {fs.gs.x: y}}")
                        .problems())
                .containsExactly("lake.yaml line 1: storage.options take those of fs.s3a alone, not 'fs.gs.x'");
        assertThat(lake.file("lake.yaml", "storage: {url: ./data}").problems())
                .containsExactly(
                        "lake.yaml line 1: storage.url must be s3a://bucket/prefix here; a path is written as storage: ./data");
    }

    @Test
    void subjectHasARuleOfItsOwnOrTheLakes() {
        lake.file("lake.yaml", "schemas: {compatibility: full, subjects: {sales-value: forward-transitive}}");

        SchemaSettings schemas = lake.read().schemas();

        assertThat(schemas.of("sales-value")).isEqualTo(Compatibility.FORWARD_TRANSITIVE);
        assertThat(schemas.of("sales-key")).isEqualTo(Compatibility.FULL);
    }

    @Test
    void everythingCanBeElsewhere() {
        lake.environment("REGISTRY_PASSWORD", "hush")
                .environment("JAAS", "deep")
                .file("lake.yaml", """
                    name: art
                    storage: s3a://art-lake/tables
                    kafka:
                      bootstrap: "b1:9092,b2:9092"
                      options:
                        security.protocol: SASL_SSL
                        request.timeout.ms: 20000
                        sasl.jaas.config: 'module required username="u" password="${env:JAAS}";'
                    registry: {url: "https://registry.example.org/apis", user: tarn, password: "${env:REGISTRY_PASSWORD}"}
                    catalog: {metastore: "thrift://meta:9083"}
                    engine: {spark: "spark://master:7077"}
                    limits: {free-disk: 2 GiB, restart-pause: 200 ms}
                    sql: {timeout: 5 min}
                    memory: {collect: 1 GiB}
                    """);

        LakeSettings read = lake.read();

        assertThat(read.name()).isEqualTo("art");
        assertThat(read.storage()).isEqualTo(new ObjectStorage(URI.create("s3a://art-lake/tables"), Options.none()));
        assertThat(read.kafka())
                .isEqualTo(new ExternalKafka(
                        "b1:9092,b2:9092",
                        new Options(
                                Map.of(
                                        "security.protocol",
                                        "SASL_SSL",
                                        "request.timeout.ms",
                                        "20000",
                                        "sasl.jaas.config",
                                        "module required username=\"u\" password=\"deep\";"),
                                Set.of("sasl.jaas.config"))));
        assertThat(read.registry())
                .isEqualTo(new ExternalRegistry(
                        URI.create("https://registry.example.org/apis"), new Login("tarn", Secret.of("hush"))));
        assertThat(read.catalog()).isEqualTo(new ExternalCatalog(URI.create("thrift://meta:9083")));
        assertThat(read.engine()).isEqualTo(new ExternalEngine(URI.create("spark://master:7077")));
        assertThat(read.limits()).isEqualTo(new LimitSettings(DataSize.mebibytes(2048), Duration.ofMillis(200)));
        assertThat(read.sql()).isEqualTo(new SqlSettings(Duration.ofMinutes(5), 1_000));
        assertThat(read.memory().collect()).isEqualTo(DataSize.mebibytes(1024));
        assertThat(read.memory().registry()).isEqualTo(DataSize.mebibytes(256));
    }

    @Test
    void kafkaWithAPasswordIsEncryptedAndTrustsTheAuthorityThatIsGiven() {
        lake.environment("PW", "a\"b\\\\c")
                .file("certs/ca.pem", "-----BEGIN CERTIFICATE-----\n")
                .file("lake.yaml", """
                    kafka:
                      bootstrap: "b1:9096"
                      security: scram
                      user: tarn
                      password: "${env:PW}"
                      ca: certs/ca.pem
                      options: {sasl.mechanism: SCRAM-SHA-256}
                    """);

        Options options = ((ExternalKafka) lake.read().kafka()).options();

        assertThat(options.reveal())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-256")
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.truststore.certificates", "-----BEGIN CERTIFICATE-----")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"tarn\""
                                + " password=\"a\\\"b\\\\\\\\c\";");
        assertThat(options.secretKeys()).containsExactly("sasl.jaas.config");
    }

    @Test
    void kafkaKnowsUsByACertificateOrByAws() {
        lake.environment("KEY", "-----BEGIN PRIVATE KEY-----")
                .file("certs/tarn.pem", "chain")
                .file("lake.yaml", """
                kafka: {bootstrap: "b1:9094", security: tls, certificate: certs/tarn.pem, key: "${env:KEY}"}
                profiles:
                  cloud: {kafka: {bootstrap: "b1:9098", security: iam}}
                """);

        ExternalKafka tls = (ExternalKafka) lake.read().kafka();
        ExternalKafka iam = (ExternalKafka) lake.read("cloud").kafka();

        assertThat(tls.options())
                .isEqualTo(new Options(
                        Map.of(
                                "security.protocol", "SSL",
                                "ssl.keystore.type", "PEM",
                                "ssl.keystore.certificate.chain", "chain",
                                "ssl.keystore.key", "-----BEGIN PRIVATE KEY-----"),
                        Set.of("ssl.keystore.key")));
        assertThat(tls.iam()).isFalse();
        assertThat(iam.options().reveal())
                .containsEntry("sasl.mechanism", "AWS_MSK_IAM")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(iam.iam()).isTrue();
    }

    @Test
    void hostOfABrokerMayHaveAnUnderscore() {
        lake.file("lake.yaml", "kafka: {bootstrap: \"my_kafka:9092\"}");

        assertThat(lake.read().kafka()).isEqualTo(new ExternalKafka("my_kafka:9092", Options.none()));
    }

    @Test
    void relativeStorageStartsAtTheLakeDirectory() {
        lake.file("lake.yaml", "storage: ../tables");

        assertThat(lake.read().storage()).isEqualTo(new DirectoryStorage(folder.resolve("tables")));
    }

    @Test
    void withoutAnEngineThereIsNoCatalog() {
        lake.file("lake.yaml", "engine: none");
        assertThat(lake.read().engine()).isEqualTo(new NoEngine());
        assertThat(lake.read().catalog()).isEqualTo(new NoCatalog());
    }

    @Test
    void textsMayComeFromTheEnvironment() {
        lake.environment("BROKERS", "b1:9092").file("lake.yaml", "kafka: {bootstrap: \"${env:BROKERS}\"}");

        assertThat(lake.read().kafka()).isEqualTo(new ExternalKafka("b1:9092", Options.none()));
    }

    @Test
    void chosenProfileGoesBeforeTheRestKeyByKey() {
        lake.file("lake.yaml", """
            kafka: {bootstrap: "b1:9092"}
            memory: {collect: 1 GiB}
            profiles:
              prod: {kafka: {bootstrap: "p1:9092"}}
            """);

        assertThat(lake.read().kafka()).isEqualTo(new ExternalKafka("b1:9092", Options.none()));
        assertThat(lake.read("prod").kafka()).isEqualTo(new ExternalKafka("p1:9092", Options.none()));
        assertThat(lake.read("prod").memory().collect()).isEqualTo(DataSize.mebibytes(1024));
    }

    @Test
    void secretsOfWhatIsNotChosenMayBeUnknown() {
        lake.file("lake.yaml", """
            profiles:
              prod: {kafka: {bootstrap: "${env:PROD}"}, registry: {url: "http://r:80", user: u, password: "${env:PW}"}}
            """);

        assertThat(lake.read().kafka()).isEqualTo(new EmbeddedKafka());
        assertThat(lake.problems("prod"))
                .containsExactly(
                        "lake.yaml line 2: profiles.prod.kafka.bootstrap: environment variable 'PROD' is not set",
                        "lake.yaml line 2: profiles.prod.registry.password: environment variable 'PW' is not set");
    }

    @Test
    void missingLakeSaysWhereItLookedAndHowToMakeOne() {
        assertThatThrownBy(() -> lake.read())
                .isInstanceOf(TarnException.class)
                .hasMessage("Cannot open the lake in '" + lake.directory() + "': there is no lake.yaml in it."
                        + " Name the directory of a lake with -C, or make one with"
                        + " 'tarn init DIR --example museum'. [LAKE_MISSING]");
    }
}

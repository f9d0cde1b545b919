package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.Tarn;
import dev.tarn.testing.gate.FullRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake with a Kafka that wants a login over TLS and has ACLs: with the rights that the guide names, everything works; without
 * one, the refusal names the topic and the operation.
 */
@Order(0)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredKafkaIT {
    private static final String USER = "tarn";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;
    private static Lake lake;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder.resolve("broker"), USER);
        // What docs/guide/settings.md lists.
        for (String topics : List.of("_tarn_museum_", "museum.", "sales")) {
            broker.allow(
                    USER,
                    ResourceType.TOPIC,
                    topics,
                    AclOperation.CREATE,
                    AclOperation.DESCRIBE,
                    AclOperation.DESCRIBE_CONFIGS,
                    AclOperation.READ,
                    AclOperation.WRITE);
        }
        for (String groups : List.of("tarn-museum", "connect-museum")) {
            broker.allow(USER, ResourceType.GROUP, groups, AclOperation.READ);
        }
        Path directory = folder.resolve("museum");
        Lake.create(directory, "museum");
        Files.copy(broker.certificate(), directory.resolve("kafka-ca.pem"));
        Files.writeString(
                directory.resolve("lake.yaml"), """
                limits: {restart-pause: 200 ms}
                kafka:
                  bootstrap: "%s"
                  security: scram
                  user: %s
                  password: "${env:KAFKA_PASSWORD}"
                  ca: kafka-ca.pem
                """.formatted(broker.bootstrap(), USER), StandardOpenOption.APPEND);
        lake = new Lake(directory, new Tarn(directory).with("KAFKA_PASSWORD", broker.password()));
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("payroll", 1, (short) 1)))
                    .all()
                    .get();
        }
        for (String topic : List.of("sales", "payroll")) {
            Path schema = directory.resolve("schemas/" + topic + "-value.avsc");
            Files.createDirectories(directory.resolve("schemas"));
            Files.writeString(schema, """
                    {"type": "record", "name": "event", "fields": [
                      {"name": "region", "type": "string"}, {"name": "amount", "type": "string"}]}
                    """);
        }
        lake.up();
        exec("CREATE TABLE artists (artist_id int PRIMARY KEY, name text, nationality text)");
        exec("CREATE TABLE artworks (artwork_id int PRIMARY KEY, title text, classification text)");
        exec("INSERT INTO artists SELECT n, 'Artist ' || n, 'Dutch' FROM generate_series(1, 1000) n");
        exec("INSERT INTO artworks SELECT n, 'Work ' || n, 'Print' FROM generate_series(1, 10) n");
    }

    private static void exec(String sql) {
        Tarn.Result result = lake.run("source", "exec", "moma", sql);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (lake != null) {
            lake.down();
        }
        broker.close();
    }

    @Test
    @Order(1)
    void tablesFollowTheirSourceThroughIt() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                lake.run("sql", "--output", "csv", "SELECT count(*) AS artists FROM moma.artists")
                                        .out())
                        .isEqualTo("artists\n1000\n"));
        // Which asks Kafka how far its topics go.
        assertThat(lake.run("table", "verify", "artists").out()).contains("moma.artists: equal at LSN");
        assertThat(lake.run("logs", "collect").out()).doesNotContain(broker.password());
    }

    @Test
    @Order(2)
    void replayAndTailSpeakToItAndNameWhatTheyMayNot() throws Exception {
        Path file = Files.writeString(folder.resolve("sales.csv"), "region,amount\nAsia,1.10\nEurope,2.20\n");

        Tarn.Result replay = lake.run("replay", file.toString(), "--topic", "sales", "--format", "json");
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(lake.run("topic", "tail", "sales").out()).contains("Asia", "2.20");

        Tarn.Result read = lake.run("topic", "tail", "payroll");
        assertThat(read.exitCode()).isNotZero();
        assertThat(read.err())
                .contains("topic 'payroll'")
                .containsPattern("(?i)read|describe")
                .contains("KAFKA_DENIED");
        Tarn.Result write = lake.run("replay", file.toString(), "--topic", "payroll", "--format", "json");
        assertThat(write.exitCode()).isNotZero();
        assertThat(write.err())
                .contains("topic 'payroll'")
                .containsPattern("(?i)write|describe")
                .contains("KAFKA_DENIED");
    }

    @Test
    @Order(3)
    void streamsReadIt() throws Exception {
        Path streams = Files.createDirectories(lake.directory().resolve("streams"));
        Files.writeString(streams.resolve("totals.yaml"), """
                inputs:
                  sales: {topic: sales, format: json}
                sql: SELECT region, count(*) AS orders FROM sales GROUP BY region
                output: console
                mode: complete
                """);

        Tarn.Result totals = lake.run("stream", "run", "totals", "--batch", "--output", "csv");
        assertThat(totals.exitCode()).as(totals.err()).isZero();
        assertThat(totals.out()).contains("Asia,1", "Europe,1");
    }

    @Test
    @Order(4)
    void streamNamesWhatItMayNot() throws Exception {
        String right = " does not allow this user %s. Have that right given";
        assertThat(refused("wages", "payroll", "console")).contains(right.formatted("READ on topic 'payroll'"));
        assertThat(refused("hours", "sales", "{topic: payroll, format: json}"))
                .contains(right.formatted("WRITE on topic 'payroll'"));

        // A topic that may be seen, and no more.
        broker.allow(USER, ResourceType.TOPIC, "payroll", AclOperation.DESCRIBE);
        assertThat(refused("wages", "payroll", "console")).contains(right.formatted("READ on topic 'payroll'"));
        assertThat(refused("hours", "sales", "{topic: payroll, format: json}"))
                .contains(right.formatted("WRITE on topic 'payroll'"));

        broker.allow(USER, ResourceType.TOPIC, "bonus", AclOperation.WRITE);
        assertThat(refused("extra", "sales", "{topic: bonus, format: json}"))
                .contains(right.formatted("CREATE on topic 'bonus'"));
    }

    private static String refused(String stream, String input, String output) throws IOException {
        Path file = Files.createDirectories(lake.directory().resolve("streams")).resolve(stream + ".yaml");
        Files.writeString(file, """
                inputs:
                  events: {topic: %s, format: json}
                sql: SELECT region, amount FROM events
                output: %s
                """.formatted(input, output));
        Tarn.Result result = lake.run("stream", "start", stream);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .contains("Cannot start stream '" + stream + "': Kafka at " + broker.bootstrap())
                .endsWith("[KAFKA_DENIED]\n");
        return result.err();
    }

    @Test
    @Order(5)
    void sourceThatMayWriteNoMoreSaysSoAndGoesOnWhenItMay() throws Exception {
        broker.withdraw(USER, ResourceType.TOPIC, "museum.", AclOperation.WRITE);
        exec("UPDATE artists SET name = 'Changed' WHERE artist_id = 1");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lake.run("source", "list").err())
                        .contains("source 'moma': ", "Kafka does not allow this user Write on topic 'museum."));

        broker.allow(USER, ResourceType.TOPIC, "museum.", AclOperation.WRITE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lake.run(
                                        "sql",
                                        "--output",
                                        "csv",
                                        "SELECT count(*) AS changed FROM moma.artists WHERE name = 'Changed'")
                                .out())
                        .isEqualTo("changed\n1\n"));
    }

    @Test
    @Order(6)
    void wrongPasswordIsSaidAtTheStart() {
        lake.down();

        Tarn.Result up =
                new Tarn(lake.directory()).with("KAFKA_PASSWORD", "wrong").run("up");

        assertThat(up.exitCode()).isNotZero();
        assertThat(up.err() + up.out()).contains("Authentication failed").doesNotContain("\tat ");
    }

    @Test
    @Order(7)
    @FullRun
    void certificateIsALoginToo() throws Exception {
        lake.down();
        Path settings = lake.directory().resolve("lake.yaml");
        String scram = Files.readString(settings);
        Files.writeString(
                settings,
                scram.substring(0, scram.lastIndexOf("kafka:")) + """
                kafka:
                  bootstrap: "%s"
                  security: tls
                  ca: kafka-ca.pem
                  certificate: tarn.pem
                  key: "${env:KAFKA_KEY}"
                """.formatted(broker.certificateBootstrap()));
        Files.copy(broker.certificate(USER), lake.directory().resolve("tarn.pem"));
        Lake certified = new Lake(lake.directory(), new Tarn(lake.directory()).with("KAFKA_KEY", broker.key(USER)));
        certified.up();

        assertThat(certified
                        .run("source", "exec", "moma", "UPDATE artists SET name = 'Certain' WHERE artist_id = 2")
                        .exitCode())
                .isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(certified
                                .run(
                                        "sql",
                                        "--output",
                                        "csv",
                                        "SELECT count(*) AS certain FROM moma.artists WHERE name = 'Certain'")
                                .out())
                        .isEqualTo("certain\n1\n"));
        assertThat(certified.run("topic", "tail", "sales").out()).contains("Asia");
        assertThat(certified.run("topic", "tail", "wages").err()).contains("[KAFKA_DENIED]");
        assertThat(certified
                        .run("stream", "run", "totals", "--batch", "--output", "csv")
                        .out())
                .contains("Asia,1");
    }
}

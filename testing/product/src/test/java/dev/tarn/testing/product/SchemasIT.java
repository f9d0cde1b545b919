package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Schemas change by their rules alone, and a file becomes a stream of events: each row once, in order, exact to the cent. */
@Order(24)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SchemasIT {
    private static final String SALES = "data/sales_incremental.csv";

    private static Lake lake;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createTempDirectory("tarn-schemas-").resolve("rentals");
        lake = Lake.create(folder, "rentals");
        Files.writeString(folder.resolve("lake.yaml"), "name: rentals\nengine: none\n");
        Files.createDirectories(folder.resolve("streams"));
        lake.up();
    }

    @AfterAll
    static void stop() throws IOException {
        lake.down();
        LakeRunner.delete(lake.directory().resolve(".."));
    }

    private static Tarn.Result run(int exitCode, String... words) {
        Tarn.Result result = lake.run(words);
        assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(exitCode);
        return result;
    }

    @Test
    @Order(1)
    void commandsOfTheGuideRun() throws IOException {
        String page = Files.readString(Tarn.root().resolve("docs/guide/schemas.md"));
        List<String> commands = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.contains(" init ") && !line.endsWith(" up"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(8);

        for (String command : commands) {
            assertThat(command).startsWith("tarn -C rentals ");
            String[] words = command.substring("tarn -C rentals ".length())
                    .replace("rentals/data", "data")
                    .split(" ");
            run(0, words);
        }
        assertThat(events("sales.later")).hasSize(600);
    }

    @Test
    @Order(2)
    void incompatibleEditIsRefusedWithItsReasonsAndUsers() throws IOException {
        Files.writeString(lake.directory().resolve("streams/by_country.yaml"), "inputs: {sales: {topic: sales}}\n");
        Path file = lake.directory().resolve("schemas/sales-value.avsc");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("\"customer_id\", \"type\": \"int\"", "\"store\", \"type\": \"string\""));
        try {
            Tarn.Result check = run(5, "schema", "check");
            Tarn.Result register = run(5, "schema", "register");
            Tarn.Result replay = run(5, "replay", SALES, "--topic", "sales");

            assertThat(check.out())
                    .containsPattern("sales-value +incompatible +1 ")
                    .containsPattern("sales_regions +unchanged");
            assertThat(check.err())
                    .contains("field 'store' is not in every record and has no default", "stream by_country")
                    .endsWith("[SCHEMA_INCOMPATIBLE]\n");
            assertThat(register.err()).contains("field 'store'").endsWith("[SCHEMA_INCOMPATIBLE]\n");
            assertThat(replay.err()).endsWith("[SCHEMA_INCOMPATIBLE]\n");
            assertThat(run(0, "schema", "diff", "sales-value").out())
                    .containsPattern("store +added +- +string")
                    .containsPattern("customer_id +removed +int");
            assertThat(subject("sales-value")).containsEntry("version", 1);
        } finally {
            Files.writeString(file, good);
        }
    }

    @Test
    @Order(3)
    void compatibleEditBecomesTheNextVersion() throws IOException {
        Path file = lake.directory().resolve("schemas/sales-value.avsc");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "{\"name\": \"country\", \"type\": \"string\"}",
                                "{\"name\": \"country\", \"type\": \"string\"}, {\"name\": \"currency\", \"type\":"
                                        + " \"string\", \"default\": \"EUR\"}"));

        assertThat(subject("sales-value")).containsEntry("state", "compatible").containsEntry("version", 1);
        assertThat(run(0, "schema", "register", "sales-value").out())
                .startsWith("Registered: sales-value, version 2, id ");
        assertThat(run(0, "schema", "register", "sales-value").out())
                .startsWith("Unchanged: sales-value, version 2, id ");
    }

    @Test
    @Order(4)
    void rowsBecomeEventsWithTheirTimesExactToTheCent() throws Exception {
        run(
                0,
                "replay",
                SALES,
                "--topic",
                "stepped",
                "--schema",
                "sales-value",
                "--key",
                "payment_id",
                "--start",
                "2021-09-08T00:00:00Z",
                "--step",
                "750ms");

        List<Map<String, Object>> events = events("stepped");
        List<String[]> rows = rows();
        assertThat(events).hasSize(600);
        for (int i = 0; i < 600; i++) {
            assertThat(events.get(i))
                    .containsEntry("key", rows.get(i)[0])
                    .containsEntry("offset", i)
                    .containsEntry(
                            "timestamp",
                            Instant.parse("2021-09-08T00:00:00Z")
                                    .plusMillis(750L * i)
                                    .toString());
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (GenericRecord sale : new AvroTopics(lake).read("stepped")) {
            ByteBuffer amount = (ByteBuffer) sale.get("amount");
            byte[] bytes = new byte[amount.remaining()];
            amount.get(bytes);
            sum = sum.add(new BigDecimal(new BigInteger(bytes), 2));
            assertThat(sale.get("currency")).hasToString("EUR");
        }
        assertThat(sum)
                .isEqualTo(rows.stream().map(row -> new BigDecimal(row[2])).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Test
    @Order(5)
    void killedReplayGoesOnWithoutAGapOrADouble() throws Exception {
        for (String partitions : List.of("1", "3")) {
            String topic = "killed." + partitions;
            String[] replay = {
                "replay",
                SALES,
                "--topic",
                topic,
                "--schema",
                "sales-value",
                "--key",
                "country",
                "--partitions",
                partitions
            };
            killWhileItPublishes(topic, with(replay, "--rate", "40/s"));
            Tarn.Result resumed = run(0, with(replay, "--resume"));

            Matcher more = Pattern.compile("Published (\\d+) more events").matcher(resumed.err());
            assertThat(more.find()).as(resumed.err()).isTrue();
            int before = 600 - Integer.parseInt(more.group(1));
            assertThat(before).isBetween(1, 599);
            List<String> ids = rows().stream().map(row -> row[0]).toList();
            List<Map<String, Object>> events = events(topic);
            assertThat(events).hasSize(600);
            assertThat(events).extracting(SchemasIT::paymentId).containsExactlyInAnyOrderElementsOf(ids);
            for (int partition = 0; partition < Integer.parseInt(partitions); partition++) {
                int number = partition;
                assertThat(events.stream()
                                .filter(event -> Integer.valueOf(number).equals(event.get("partition")))
                                .map(SchemasIT::paymentId))
                        .as("order in partition " + partition)
                        .isSorted();
            }
            assertThat(run(0, with(replay, "--resume")).err()).contains("Published 0 more events");
        }
    }

    @Test
    @Order(6)
    void rowThatDoesNotFitIsNamedAndTheRestFollowsOnceItIsMended() throws IOException {
        Path file = lake.directory().resolve("data/bad.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(lake.directory().resolve(SALES)));
        String good = lines.get(41);
        lines.set(41, good.replaceFirst("\\|[0-9]+\\.[0-9]{2}\\|", "|5.999|"));
        Files.write(file, lines);

        Tarn.Result refused = run(2, "replay", "data/bad.csv", "--topic", "bad", "--schema", "sales-value");

        assertThat(refused.err())
                .contains(
                        "Cannot publish 'data/bad.csv' line 42: column 'amount' has '5.999', which has more than the 2"
                                + " decimals of decimal(7,2)")
                .endsWith("[ROW_INVALID]\n");
        assertThat(events("bad")).hasSize(40);

        lines.set(41, good);
        Files.write(file, lines);
        run(0, "replay", "data/bad.csv", "--topic", "bad", "--schema", "sales-value", "--resume");
        assertThat(events("bad"))
                .extracting(SchemasIT::paymentId)
                .containsExactlyElementsOf(rows().stream().map(row -> row[0]).toList());

        lines.set(3, lines.get(3).replace("|", "0|"));
        Files.write(file, lines);
        assertThat(run(2, "replay", "data/bad.csv", "--topic", "bad", "--schema", "sales-value", "--resume")
                        .err())
                .endsWith("[REPLAY_CHANGED]\n");
    }

    @Test
    @Order(7)
    void whatDoesNotDecodeIsShownAndTheRestToo() throws Exception {
        run(0, "replay", "data/sales_seed.csv", "--topic", "mixed", "--schema", "sales-value");
        Topics.send(lake, "mixed", "\0\0\0\u00075broken");
        Topics.send(lake, "mixed", "{\"plain\": 1.50}");

        List<Map<String, Object>> last = events("mixed", 3);

        assertThat(last.get(0)).doesNotContainKey("problem");
        assertThat(String.valueOf(last.get(1).get("problem"))).contains("does not decode");
        assertThat(last.get(2)).containsEntry("value", Map.of("plain", new BigDecimal("1.50")));
        assertThat(run(0, "topic", "tail", "mixed", "-n", "2").out()).contains("does not decode", "1.50");
    }

    @Test
    @Order(8)
    void whatIsNotThereIsNamedWithTheNextStep() throws IOException {
        assertThat(run(2, "topic", "tail", "mixde").errBesidesWaiting())
                .isEqualTo("Cannot find topic 'mixde'. Did you mean 'mixed'? [TOPIC_UNKNOWN]\n");
        assertThat(run(2, "replay", SALES, "--topic", "nothing").err())
                .contains("no schemas/nothing-value.avsc")
                .endsWith("[SCHEMA_MISSING]\n");
        assertThat(run(2, "replay", SALES, "--topic", "mixed", "--schema", "nowhere")
                        .err())
                .endsWith("[SCHEMA_UNKNOWN]\n");
        assertThat(run(2, "replay", "data/none.csv", "--topic", "mixed").err()).endsWith("[FILE_UNREADABLE]\n");
        assertThat(run(2, "replay", SALES, "--topic", "mixed", "--key", "land").err())
                .endsWith("[COLUMN_UNKNOWN]\n");
        assertThat(run(2, "schema", "show", "nowhere").err()).endsWith("[SCHEMA_UNKNOWN]\n");
        assertThat(run(0, "topic", "list", "--output", "csv").out())
                .startsWith("topic,partitions,records,bytes\n")
                .contains("\nkilled.3,3,600,")
                .doesNotContain("_tarn", "nothing");
    }

    private static void killWhileItPublishes(String topic, String... words) throws IOException {
        Process process = new Tarn(lake.directory())
                .builder(words)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("tarn-replay", ".txt").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(4))
                    .ignoreExceptions()
                    .until(() -> run(0, "topic", "list", "--output", "csv")
                            .out()
                            .matches("(?s).*\n" + Pattern.quote(topic) + ",\\d,[1-9].*"));
        } finally {
            // The command has become the JVM, whose child holds the Kafka client: both die, or the command alone.
            if (topic.endsWith("1")) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
            }
            process.destroyForcibly();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private static List<String[]> rows() throws IOException {
        return Files.readAllLines(lake.directory().resolve(SALES)).stream()
                .skip(1)
                .map(line -> line.split("\\|"))
                .toList();
    }

    private static List<Map<String, Object>> events(String topic) throws IOException {
        return events(topic, 100_000);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The shape of the command's JSON.
    private static List<Map<String, Object>> events(String topic, int count) throws IOException {
        Tarn.Result tail = run(0, "topic", "tail", topic, "-n", String.valueOf(count), "--output", "json");
        return (List) JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS).listFrom(tail.out());
    }

    private static String paymentId(Map<String, Object> event) {
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(event.get("value"))).get("payment_id"));
    }

    @SuppressWarnings("unchecked") // The shape of the command's JSON.
    private static Map<String, Object> subject(String name) throws IOException {
        return JSON.std.listFrom(run(0, "schema", "list", "--output", "json").out()).stream()
                .map(each -> (Map<String, Object>) each)
                .filter(each -> name.equals(each.get("subject")))
                .findFirst()
                .orElseThrow();
    }
}

package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.DemoLake;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Streams and batches say the same of the same events, to the cent, and say it again after a crash. */
@OnLake(DemoLake.class)
@Order(9)
class StreamsIT {
    private static final String WINDOWS = """
            SELECT date_format(window.start, 'yyyy-MM-dd HH:mm') AS window_start,
                   date_format(window.end, 'yyyy-MM-dd HH:mm') AS window_end,
                   coalesce(region, 'Unassigned') AS region, sum(amount) AS sales, count(*) AS orders
            FROM sales LEFT JOIN regions ON sales.country = regions.country
            GROUP BY window(timestamp, '10 minutes', '5 minutes'), coalesce(region, 'Unassigned')
            """;
    private static final String INPUTS = """
            inputs:
              sales: {topic: sales, watermark: 10 min}
              regions: {file: data/sales_regions.csv, schema: sales_regions}
            max-events: 80
            """;

    private final Lake lake;
    private final Sales sales;

    StreamsIT(Lake lake) {
        this.lake = lake;
        this.sales = new Sales(lake);
    }

    @BeforeAll
    static void publishSales(Lake lake) throws Exception {
        assumeTrue(Sales.data().isPresent(), "the sales are not on this machine");
        Sales sales = new Sales(lake);
        sales.publish("sales_seed.csv", "sales_seed");
        sales.publish("sales_incremental_small.csv", "sales");
        Files.createDirectories(lake.directory().resolve("data"));
        Files.copy(
                Sales.data().orElseThrow().resolve("sales_regions.csv"),
                lake.directory().resolve("data/sales_regions.csv"));
        write(lake, "schemas/sales_regions.avsc", """
                {"type": "record", "name": "region", "fields": [
                  {"name": "country", "type": "string"}, {"name": "region", "type": "string"}]}
                """);
    }

    @AfterAll
    static void leaveTheLakeAsItWas(Lake lake) throws IOException {
        // After a failure, too, nothing goes on beside the classes that follow.
        for (String stream : List.of("killed_table", "killed_topic", "killed_rows", "rests", "tips", "changed")) {
            lake.run("stream", "stop", stream);
        }
        lake.run("sql", "DROP DATABASE IF EXISTS rentals CASCADE");
        for (String each : List.of("schemas", "streams", "data")) {
            if (Files.exists(lake.directory().resolve(each))) {
                LakeRunner.delete(lake.directory().resolve(each));
            }
        }
    }

    @Test
    void salesByCountryAreThoseOfTheFileAsBatchAndAsStream() throws Exception {
        write("streams/by_country.yaml", """
                inputs: {sales: {topic: sales_seed}}
                sql: SELECT country, sum(amount) AS sales, count(*) AS orders FROM sales GROUP BY country
                output: console
                mode: complete
                """);

        Tarn.Result batch = ok("stream", "run", "by_country", "--batch", "--output", "csv");
        assertThat(lines(batch.out()))
                .containsExactlyInAnyOrderElementsOf(Sales.expected("expected_sales_by_country.csv"));

        Tarn.Result stream = ok("stream", "run", "by_country", "--until-caught-up", "--output", "csv");
        assertThat(lines(stream.out()))
                .containsExactlyInAnyOrderElementsOf(Sales.expected("expected_sales_by_country.csv"));
        assertThat(stream.err()).contains("has finished: 250 events read");
    }

    @Test
    void salesByWindowAndRegionAreThoseOfTheFileAsBatchAndAsStream() throws Exception {
        write("streams/windows.yaml", INPUTS + indented(WINDOWS) + """
                output: {table: rentals.windows, key: [window_start, region]}
                mode: update
                """);

        Tarn.Result batch = ok("stream", "run", "windows", "--batch", "--output", "csv");
        assertThat(lines(batch.out())).containsExactlyInAnyOrderElementsOf(expectedWindows());

        ok("stream", "run", "windows", "--until-caught-up");
        assertThat(windowsIn("rentals.windows")).containsExactlyInAnyOrderElementsOf(expectedWindows());
    }

    @Test
    void streamThatIsKilledEndsWithTheSameTableAndTopic() throws Exception {
        write("streams/killed_table.yaml", INPUTS + indented(WINDOWS) + """
                output: {table: rentals.killed, key: [window_start, region]}
                mode: update
                trigger: 200 ms
                """);
        write("streams/killed_topic.yaml", INPUTS + indented(WINDOWS) + """
                output: {topic: sales.summary, key: [window_start, region]}
                mode: update
                trigger: 200 ms
                """);
        write("streams/killed_rows.yaml", """
                inputs: {sales: {topic: sales}}
                sql: SELECT payment_id, amount FROM sales
                output: {table: rentals.copied}
                trigger: 200 ms
                max-events: 80
                """);
        ok("stream", "start", "killed_table");
        ok("stream", "start", "killed_topic");
        ok("stream", "start", "killed_rows");
        await().atMost(Duration.ofMinutes(5))
                .until(() ->
                        number(stream("killed_table"), "batch") >= 2 && number(stream("killed_topic"), "batch") >= 2);

        killEngine();

        // By what is there: a stream that had read everything before it was killed has no figures of batches yet.
        eventually(
                () -> assertThat(windowsIn("rentals.killed")).containsExactlyInAnyOrderElementsOf(expectedWindows()));
        eventually(() ->
                assertThat(lastOfEachKey("sales.summary")).containsExactlyInAnyOrderElementsOf(expectedWindows()));
        // Without a key, a batch that was written twice would show.
        eventually(() -> assertThat(csv("SELECT count(*), count(DISTINCT payment_id) FROM rentals.copied"))
                .containsExactly("600,600"));
        ok("stream", "stop", "killed_rows");
        ok("stream", "stop", "killed_table");
        ok("stream", "stop", "killed_topic");
        assertThat(stream("killed_table")).containsEntry("state", "stopped");
    }

    @Test
    void streamThatRestsAfterARestartTellsHowManyEventsWait() throws Exception {
        sales.create("rest");
        sales.register("rest-value", """
                {"type": "record", "name": "rest", "fields": [{"name": "n", "type": "long"}]}
                """);
        String yaml = """
                inputs: {rest: {topic: rest, format: json}}
                sql: SELECT n FROM rest
                output: {files: data/%s, format: csv}
                trigger: 1 h
                """;
        for (String name : List.of("rests", "rested", "untouched")) {
            write("streams/" + name + ".yaml", yaml.formatted(name));
        }
        sales.publishText("rest", "{\"n\": 1}");
        ok("stream", "start", "rests");
        ok("stream", "run", "rested", "--until-caught-up");
        await().atMost(Duration.ofMinutes(4)).until(() -> caughtUp("rests"));

        killEngine();
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .until(() -> "running".equals(stream("rests").get("state")));
        assertThat(listed("rests")).containsEntry("state", "running").containsEntry("waiting", "0");
        sales.publishText("rest", "{\"n\": 2}");
        sales.publishText("rest", "{\"n\": 3}");

        // Its next batch comes in an hour.
        assertThat(stream("rests")).containsEntry("events", 0).containsEntry("lag", Map.of("rest", Map.of("0", 2)));
        assertThat(listed("rests")).containsEntry("waiting", "2");
        assertThat(listed("rested")).containsEntry("state", "stopped");
        assertThat(listed("untouched")).containsEntry("state", "new");
        assertThat(stream("rested")).containsEntry("state", "stopped");
        assertThat(stream("untouched")).containsEntry("state", "new");
        ok("stream", "stop", "rests");
    }

    private void killEngine() {
        ProcessHandle engine = ProcessHandle.of(lake.pid("engine")).orElseThrow();
        engine.destroyForcibly();
        await().atMost(Duration.ofMinutes(4)).until(() -> !engine.isAlive());
    }

    /** What {@code stream list} says of one, by column. */
    private Map<String, String> listed(String name) {
        List<String> list =
                ok("stream", "list", "--output", "csv").out().lines().toList();
        String[] columns = list.get(0).split(",");
        String[] cells = list.stream()
                .map(line -> line.split(",", -1))
                .filter(each -> each[0].equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < columns.length; i++) {
            fields.put(columns[i], cells[i]);
        }
        return fields;
    }

    @Test
    void eventThatDoesNotDecodeGoesToQuarantineAndTheStreamGoesOn() throws Exception {
        sales.publish("sales_seed.csv", "sales_broken");
        sales.publishText("sales_broken", "no event");
        sales.publishBytes("sales_broken", new byte[] {0, 127, 0, 0, 0, 2});
        write("streams/broken.yaml", """
                inputs: {sales: {topic: sales_broken}}
                sql: SELECT payment_id, amount FROM sales
                output: {table: rentals.broken, key: [payment_id]}
                """);

        Tarn.Result run = ok("stream", "run", "broken", "--until-caught-up");

        assertThat(run.err()).contains("2 in quarantine");
        assertThat(csv("SELECT count(*), sum(amount) FROM rentals.broken")).containsExactly("250," + seedTotal());
        List<String> kept = quarantined("broken");
        assertThat(kept).hasSize(2);
        assertThat(JSON.std.mapFrom(kept.get(0)))
                .containsEntry("topic", "sales_broken")
                .containsEntry("partition", 0)
                .containsEntry("offset", 250)
                .containsEntry("value", "bm8gZXZlbnQ=");
        assertThat(kept.get(0)).contains("does not begin with byte 0");
        assertThat(kept.get(1)).contains("no schema with the id 2130706432");
    }

    @Test
    void jsonIsReadToTheDigitAndATableThatChangesCountsFromTheNextBatchOn() throws Exception {
        sales.create("tips");
        sales.register("tips-value", """
                {"type": "record", "name": "tip", "fields": [
                  {"name": "country", "type": "string"},
                  {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 2}}]}
                """);
        ok("sql", "CREATE DATABASE IF NOT EXISTS rentals");
        ok(
                "sql",
                "CREATE TABLE rentals.names (country string, name string) USING hudi"
                        + " TBLPROPERTIES (primaryKey = 'country')");
        ok("sql", "INSERT INTO rentals.names VALUES ('A', 'Alpha')");
        write("streams/tips.yaml", """
                inputs:
                  tips: {topic: tips, format: json}
                  names: {table: rentals.names}
                sql: SELECT tips.country, name, amount FROM tips LEFT JOIN names ON tips.country = names.country
                output: {topic: named_tips, format: json, key: [country]}
                trigger: 200 ms
                """);
        sales.publishText("tips", "{\"country\": \"A\", \"amount\": 123456789012345678.10}");
        sales.publishText("tips", "{\"country\": \"B\", \"amount\": \"0.20\"}");
        sales.publishText("tips", "{\"country\": \"C\"}");
        sales.publishText("tips", "tip");

        ok("stream", "start", "tips");
        await().atMost(Duration.ofMinutes(4)).until(() -> Topics.read(lake, "named_tips"), rows -> rows.size() == 2);
        assertThat(Topics.read(lake, "named_tips"))
                .containsExactlyInAnyOrder(
                        "{\"country\":\"A\",\"name\":\"Alpha\",\"amount\":123456789012345678.10}",
                        "{\"country\":\"B\",\"name\":null,\"amount\":0.20}");

        ok("sql", "INSERT INTO rentals.names VALUES ('B', 'Beta')");
        sales.publishText("tips", "{\"country\": \"B\", \"amount\": 0.30}");
        await().atMost(Duration.ofMinutes(4)).until(() -> Topics.read(lake, "named_tips"), rows -> rows.size() == 3);
        assertThat(Topics.read(lake, "named_tips")).contains("{\"country\":\"B\",\"name\":\"Beta\",\"amount\":0.30}");
        assertThat(stream("tips")).containsEntry("quarantined", 2);
        ok("stream", "stop", "tips");
        assertThat(String.join("\n", quarantined("tips")))
                .contains("field 'amount' is missing", "does not decode as JSON");
    }

    @Test
    void whatIsWrongIsNamedWithTheNextStep() throws Exception {
        refused("topic_slip", "inputs: {s: {topic: saels}}\nsql: SELECT * FROM s\noutput: console\n")
                .contains("Kafka has no topic 'saels'. Did you mean 'sales'?", "[TOPIC_UNKNOWN]");

        sales.create("unregistered");
        refused("no_schema", "inputs: {s: {topic: unregistered}}\nsql: SELECT * FROM s\noutput: console\n")
                .contains("the registry has no schema 'unregistered-value'", "schemas/unregistered-value.avsc");

        refused("no_watermark", """
                inputs: {s: {topic: sales}}
                sql: SELECT country, count(*) AS n FROM s GROUP BY country
                output: console
                mode: append
                """)
                .contains("watermark: 10 min, under inputs.s in streams/no_watermark.yaml", "[STREAM_WATERMARK]");

        refused("no_column", "inputs: {s: {topic: sales}}\nsql: SELECT amuont FROM s\noutput: console\n")
                .contains("amuont", "amount", "^^^", "[STREAM_SQL]");

        refused("no_table", """
                inputs: {s: {topic: sales}, a: {table: rentals.nothing}}
                sql: SELECT * FROM s JOIN a USING (country)
                output: console
                """).contains("the lake has no table 'rentals.nothing' for its input 'a'");

        refused("no_file", """
                inputs: {s: {topic: sales}, r: {file: data/nothing.csv}}
                sql: SELECT * FROM s JOIN r USING (country)
                output: console
                """).contains("there is no file 'data/nothing.csv' for its input 'r'");

        refused("no_query", "inputs: {s: {topic: sales}}\nsql: DROP TABLE s\noutput: console\n")
                .contains("its SQL is no query");

        Tarn.Result unknown = lake.run("stream", "start", "widnows");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("Cannot find stream 'widnows'", "[STREAM_UNKNOWN]");
    }

    @Test
    void sqlThatTheCheckpointCannotFollowIsRefusedUntilReset() throws Exception {
        String stream = "inputs: {s: {topic: sales_seed}}\noutput: console\nmode: complete\nsql: ";
        write("streams/changed.yaml", stream + "SELECT country, count(*) AS n FROM s GROUP BY country\n");
        ok("stream", "run", "changed", "--until-caught-up");
        write("streams/changed.yaml", stream + "SELECT city, count(*) AS n FROM s GROUP BY city\n");

        Tarn.Result refused = lake.run("stream", "start", "changed");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("tarn stream start changed --reset", "[STREAM_CHANGED]");

        ok("stream", "start", "changed", "--reset");
        await().atMost(Duration.ofMinutes(4)).until(() -> caughtUp("changed"));
        ok("stream", "stop", "changed");
    }

    private AbstractStringAssert<?> refused(String name, String yaml) throws IOException {
        write("streams/" + name + ".yaml", yaml);
        Tarn.Result result = lake.run("stream", "start", name);
        Files.delete(lake.directory().resolve("streams/" + name + ".yaml"));
        assertThat(result.exitCode()).describedAs(result.err()).isEqualTo(2);
        return assertThat(result.err()).contains("Cannot start stream '" + name + "'");
    }

    private static List<String> expectedWindows() throws IOException {
        return Sales.expected("expected_windows_small_750ms.csv");
    }

    private List<String> windowsIn(String table) {
        return csv("SELECT window_start, window_end, region, sales, orders FROM " + table);
    }

    private List<String> lastOfEachKey(String topic) throws Exception {
        Map<String, String> last = new TreeMap<>();
        Conversions.DecimalConversion decimals = new Conversions.DecimalConversion();
        for (GenericRecord row : new AvroTopics(lake).read(topic)) {
            Schema money = row.getSchema().getField("sales").schema().getTypes().stream()
                    .filter(type -> type.getType() == Schema.Type.BYTES)
                    .findFirst()
                    .orElseThrow();
            BigDecimal sum = decimals.fromBytes((ByteBuffer) row.get("sales"), money, money.getLogicalType());
            String key = row.get("window_start") + "," + row.get("window_end") + "," + row.get("region");
            last.put(key, key + "," + sum.toPlainString() + "," + row.get("orders"));
        }
        return new ArrayList<>(last.values());
    }

    private String seedTotal() throws IOException {
        return Sales.expected("expected_sales_by_country.csv").stream()
                .map(line -> new BigDecimal(line.split(",(?=[0-9])")[1]))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }

    private List<String> quarantined(String stream) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(lake.directory().resolve(".tarn/storage/quarantine/streams/" + stream))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(5)).untilAsserted(assertion);
    }

    private boolean caughtUp(String name) throws IOException {
        Tarn.Result result = lake.run("stream", "show", name, "--output", "json");
        if (result.exitCode() != 0) {
            return false;
        }
        Map<String, Object> stream = JSON.std.mapFrom(result.out());
        assertThat(stream.get("state")).isNotEqualTo("failed");
        return stream.get("lag") instanceof Map<?, ?> lag
                && !lag.isEmpty()
                && lag.values().stream()
                        .allMatch(topic -> ((Map<?, ?>) topic)
                                .values().stream().allMatch(waiting -> ((Number) waiting).longValue() == 0));
    }

    private Map<String, Object> stream(String name) throws IOException {
        return JSON.std.mapFrom(ok("stream", "show", name, "--output", "json").out());
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : -1;
    }

    private List<String> csv(String sql) {
        return lines(ok("sql", sql, "--output", "csv").out());
    }

    private static List<String> lines(String csv) {
        List<String> lines = csv.lines().toList();
        return lines.subList(1, lines.size());
    }

    private static String indented(String sql) {
        return "sql: |\n" + sql.indent(2);
    }

    private Tarn.Result ok(String... words) {
        Tarn.Result result = lake.run(words);
        assertThat(result.exitCode())
                .describedAs("%s", String.join(" ", words) + "\n" + result.err() + result.out() + "\n" + log(result))
                .isZero();
        return result;
    }

    private String log(Tarn.Result result) {
        return result.exitCode() == 0 ? "" : lake.run("logs", "engine").out();
    }

    private void write(String file, String text) throws IOException {
        write(lake, file, text);
    }

    private static void write(Lake lake, String file, String text) throws IOException {
        Path path = lake.directory().resolve(file);
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, text);
    }
}

package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.Tarn;
import dev.tarn.testing.gate.Rounds;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What is committed in a source's database arrives in its topics: all of it, in order, with its types. */
@Order(23)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SourcesIT {
    private static final String EVERY_TYPE = """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN positive AS int CHECK (value > 0);
        CREATE TABLE every_type (id int PRIMARY KEY, c_small smallint, c_big bigint, c_decimal numeric(12,4),
            c_real real, c_double double precision, c_money money, c_bool bool, c_char char(3), c_varchar varchar(20),
            c_text text, c_bytea bytea, c_date date, c_time time, c_timetz timetz, c_timestamp timestamp,
            c_timestamptz timestamptz, c_interval interval, c_uuid uuid, c_json json, c_jsonb jsonb, c_xml xml,
            c_mood mood, c_positive positive, c_ints int[], c_texts text[], c_inet inet, c_bits bit(8), c_range int4range,
            "Größe in cm" text);
        INSERT INTO every_type VALUES (1, 1, 9223372036854775807, 12345678.1234, 1.5, 2.5, 12.34, true, 'abc', 'v',
            E'Déjà 漢字 🎨', '\\xdeadbeef', '2024-02-29', '12:34:56.789012', '12:34:56+02',
            '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56.789012+02', '1 year 2 mons 3 days 04:05:06',
            '123e4567-e89b-12d3-a456-426614174000', '{"a": 1}', '{"b": 2}', '<a/>', 'ok', 5, '{1,NULL,2}', '{a,"b c"}',
            '10.0.0.1', B'10101010', '[1,5)', 'ü'), (2);
        """.replace("(2);", "(2" + ", NULL".repeat(29) + ");");

    private static Lake lake;
    private static AvroTopics topics;
    private static Tarn.Result up;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createTempDirectory("tarn-sources-").resolve("shop");
        Files.createDirectories(folder.resolve("sources"));
        Files.writeString(folder.resolve("lake.yaml"), "name: shop\nengine: none\n");
        Files.writeString(folder.resolve("sources/till.yaml"), """
            postgres: embedded
            tables:
              - table: public.every_type
              - table: public.orders
              - table: public.order_*
            load: {through: kafka}
            """);
        lake = new Lake(folder);
        up = lake.run("up");
        topics = new AvroTopics(lake);
    }

    @AfterAll
    static void stop() throws IOException {
        lake.down();
        LakeRunner.delete(lake.directory().resolve(".."));
    }

    @Test
    @Order(1)
    void sourceWaitsForTablesThatDoNotExistYet() throws Exception {
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.err())
                .contains("source 'till': waits for public.every_type, public.orders, which do not exist yet");
        assertThat(source()).containsEntry("state", "waiting");

        Tarn.Result result = lake.run(
                "source",
                "exec",
                "till",
                EVERY_TYPE
                        + "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric(10,2) NOT NULL, at timestamptz NOT NULL);"
                        + "CREATE TABLE elsewhere (id int);");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("CREATE TABLE", "INSERT 2");
        awaitState("streaming");
    }

    @Test
    @Order(2)
    void everyTypeKeepsItsValue() throws Exception {
        List<GenericRecord> changes = awaitChanges("shop.public.every_type", list -> list.size() == 2);
        GenericRecord row = changes.get(0);

        assertThat(row.get("c_small")).isEqualTo(1);
        assertThat(row.get("c_big")).isEqualTo(Long.MAX_VALUE);
        assertThat(decimal(row, "c_decimal", 4)).isEqualTo("12345678.1234");
        assertThat(decimal(row, "c_money", 2)).isEqualTo("12.34");
        assertThat(row.get("c_bool")).isEqualTo(true);
        assertThat(row.get("c_text")).hasToString("Déjà 漢字 🎨");
        assertThat(row.get("c_bytea"))
                .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef}));
        assertThat(row.get("c_date")).isEqualTo((int) LocalDate.of(2024, 2, 29).toEpochDay());
        assertThat(row.get("c_time")).isEqualTo(((12 * 60 + 34) * 60 + 56) * 1_000_000L + 789_012);
        assertThat(row.get("c_timestamp")).isEqualTo(micros("2024-02-29T12:34:56Z") + 789_012);
        assertThat(row.get("c_timestamptz")).isEqualTo(micros("2024-02-29T10:34:56Z") + 789_012);
        assertThat(row.get("c_interval")).hasToString("P1Y2M3DT4H5M6S");
        assertThat(row.get("c_uuid")).hasToString("123e4567-e89b-12d3-a456-426614174000");
        assertThat(row.get("c_json")).hasToString("{\"a\": 1}");
        assertThat(row.get("c_mood")).hasToString("ok");
        assertThat(row.get("c_positive")).isEqualTo(5);
        assertThat(row.get("c_ints")).hasToString("[1, null, 2]");
        assertThat(row.get("c_texts")).hasToString("[a, b c]");
        assertThat(row.get("c_range")).hasToString("[1,5)");
        assertThat(row.get("Gr__e_in_cm")).hasToString("ü");

        assertThat(row.get("__op")).hasToString("r");
        assertThat(row.get("__db")).hasToString("till");
        assertThat(row.get("__schema")).hasToString("public");
        assertThat(row.get("__table")).hasToString("every_type");
        assertThat(row.get("__deleted")).hasToString("false");
        assertThat((Long) row.get("__lsn")).isPositive();
        assertThat((Long) row.get("__source_ts_ms")).isPositive();
        assertThat(changes.get(1).getSchema().getFields())
                .filteredOn(field -> field.name().startsWith("c_"))
                .hasSize(28)
                .allSatisfy(
                        field -> assertThat(changes.get(1).get(field.name())).isNull());
    }

    @Test
    @Order(3)
    void changesArriveInTheirOrderWithRisingPositions() throws Exception {
        exec("INSERT INTO orders VALUES (1, 10.50, '2024-01-01 00:00:00+00')");
        exec("UPDATE orders SET amount = 11.25 WHERE id = 1; UPDATE orders SET amount = -0.01 WHERE id = 1");
        exec("DELETE FROM orders WHERE id = 1");

        List<GenericRecord> changes = awaitChanges("shop.public.orders", list -> list.size() == 4);

        assertThat(changes)
                .extracting(change -> String.valueOf(change.get("__op")))
                .containsExactly("c", "u", "u", "d");
        assertThat(changes)
                .extracting(change -> String.valueOf(change.get("__deleted")))
                .containsExactly("false", "false", "false", "true");
        assertThat(changes.subList(0, 3))
                .extracting(change -> decimal(change, "amount", 2))
                .containsExactly("10.50", "11.25", "-0.01");
        assertThat(changes).extracting(change -> (Long) change.get("__lsn")).isSorted();
        assertThat(changes.get(3).get("id")).isEqualTo(1L);
        assertThat(changes.get(0).get("at")).isEqualTo(micros("2024-01-01T00:00:00Z"));
    }

    @Test
    @Order(4)
    void tableThatAPatternTakesLaterIsCopiedAndThenFollowed() throws Exception {
        exec("CREATE TABLE order_lines (id int PRIMARY KEY, words text);"
                + "INSERT INTO order_lines SELECT n, 'line ' || n FROM generate_series(1, 500) n");

        awaitChanges("shop.public.order_lines", list -> ids(list, 500));
        exec("INSERT INTO order_lines VALUES (501, 'new')");

        awaitChanges("shop.public.order_lines", list -> ids(list, 501));
        awaitState("streaming");
        assertThat(String.valueOf(source().get("tables"))).contains("public.order_lines");
    }

    @Test
    @Order(5)
    void noChangeIsLostWhenTheCollectProcessIsKilled() throws Exception {
        int kills = Rounds.of("tarn.source-kills", 1, 3);
        for (int round = 0; round < kills; round++) {
            int first = 1000 + round * 300;
            long killed = lake.pid("collect");
            for (int batch = 0; batch < 30; batch++) {
                exec(IntStream.range(0, 10), first + batch * 10);
                if (batch == 15) {
                    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                }
            }
            await().atMost(Duration.ofMinutes(4))
                    .until(() -> lake.pid("collect") != killed
                            && "healthy".equals(lake.service("collect").get("state")));
        }
        awaitState("streaming");

        List<GenericRecord> changes = awaitChanges(
                "shop.public.orders",
                list -> list.stream().map(row -> row.get("id")).distinct().count() == 1 + kills * 300);
        assertThat(changes.stream().map(row -> (Long) row.get("id")).distinct())
                .containsExactlyElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(1L),
                                IntStream.range(1000, 1000 + kills * 300).mapToObj(id -> (long) id))
                        .toList());
    }

    @Test
    @Order(6)
    void slotOfAnIdleSourceMovesOn() throws Exception {
        String before = String.valueOf(source().get("confirmedLsn"));

        exec("INSERT INTO elsewhere SELECT n FROM generate_series(1, 100000) n");

        await().atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
            assertThat(source().get("confirmedLsn")).isNotEqualTo(before);
            assertThat(((Number) source().getOrDefault("lagBytes", -1)).longValue())
                    .isBetween(0L, 100_000L);
        });
    }

    @Test
    @Order(7)
    void looksAtTheDatabaseShareASessionAndDoNotMissIt() throws Exception {
        String sessions =
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'tarn' AND datname = current_database()"
                        + " AND backend_type = 'client backend'";
        // Between two logins, one every half minute, there is none for a moment.
        List<String> held = await().atMost(Duration.ofSeconds(30))
                .until(() -> Database.column(lake, sessions), pids -> !pids.isEmpty());
        assertThat(held)
                .as("one for each source, besides a look that begins just now")
                .hasSizeBetween(1, 2);

        Database.execute(lake, "SELECT pg_terminate_backend(pid) FROM (" + sessions + ") held");

        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(source()).containsEntry("state", "streaming"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(Database.column(lake, sessions)).isNotEmpty().doesNotContainAnyElementsOf(held));
    }

    @Test
    @Order(8)
    void columnThatCannotBeMappedIsNamed() throws Exception {
        exec("ALTER TABLE order_lines ADD COLUMN area box, ADD COLUMN huge numeric(60,2)");
        awaitState("refused");

        Tarn.Result list = lake.run("source", "list");

        assertThat(list.err())
                .contains("Cannot capture source 'till': 2 problems.")
                .contains("column 'public.order_lines.area' has type box, which has no counterpart in the lake."
                        + " Change the type, or leave the column out with options:"
                        + " {column.exclude.list: \"public.order_lines.area\"} in sources/till.yaml.")
                .contains("column 'public.order_lines.huge' has type numeric(60,2), and a decimal of the lake has 38"
                        + " digits at most.");
        exec("ALTER TABLE order_lines DROP COLUMN area, DROP COLUMN huge");
        awaitState("streaming");
    }

    @Test
    @Order(9)
    @Tag("case:deferrable-primary-key")
    void tableWhoseUpdatesWouldBeRefusedIsNotPublishedUntilTheAdviceIsFollowed() throws Exception {
        exec("CREATE TABLE order_later (id int PRIMARY KEY DEFERRABLE, v int); INSERT INTO order_later VALUES (1, 1)");
        awaitState("refused");

        assertThat(lake.run("source", "list").err())
                .contains("table 'public.order_later' does not tell its key [id] when a row is updated or deleted."
                        + " Run: ALTER TABLE public.order_later REPLICA IDENTITY FULL.");
        exec("UPDATE order_later SET v = 2");

        exec("ALTER TABLE public.order_later REPLICA IDENTITY FULL");
        awaitState("streaming");
        exec("UPDATE order_later SET v = 3");
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(Database.column(
                                lake, "SELECT tablename FROM pg_publication_tables WHERE tablename = 'order_later'"))
                        .containsExactly("order_later"));
        exec("UPDATE order_later SET v = 4");
    }

    @Test
    @Order(10)
    void passwordStandsInNoConnectorsSettings() throws Exception {
        String connect = lake.address("collect", "connect");

        String settings = Http.get(connect + "/connectors/shop-till/config").body();

        assertThat(settings)
                .contains("${directory:" + lake.directory().resolve(".tarn/secrets") + ":postgres}")
                .doesNotContain(lake.postgresPassword());
    }

    @Test
    @Order(11)
    void refusedSqlShowsThePlaceAndChangesNothing() throws Exception {
        Tarn.Result result = lake.run(
                "source", "exec", "till", "INSERT INTO elsewhere VALUES (-1);\nSELECT *\nFROM elsewere WHERE id = 1");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("""
            Cannot run SQL in source 'till': statement 2 of 2: relation "elsewere" does not exist.
            line 2: FROM elsewere WHERE id = 1
                         ^
            None of the statements took effect; correct it and run all again. [SQL]
            """);
        assertThat(exec("SELECT count(*) AS n FROM elsewhere WHERE id = -1", "--output", "csv"))
                .isEqualTo("n\n0\n");
    }

    @Test
    @Order(12)
    void sqlAnswersAsTableJsonAndCsv() throws Exception {
        String query = "SELECT 1 AS one, 1.50 AS price, true AS yes, NULL AS nothing, 'a,b' AS words";

        assertThat(exec(query)).contains("one", "1.50", "a,b");
        assertThat(exec(query, "--output", "csv")).isEqualTo("one,price,yes,nothing,words\n1,1.50,true,,\"a,b\"\n");
        assertThat(JSON.std.listFrom(exec(query, "--output", "json")).toString())
                .isEqualTo(
                        "[{command=SELECT, count=1, rows=[{one=1, price=1.50, yes=true, nothing=null, words=a,b}]}]");
        assertThat(exec("UPDATE elsewhere SET id = id WHERE id <= 3")).isEqualTo("UPDATE 3\n");
        assertThat(exec("VACUUM elsewhere")).isEqualTo("VACUUM\n");
    }

    @Test
    @Order(13)
    void unknownSourceIsNamed() {
        Tarn.Result result = lake.run("source", "show", "tell");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("Cannot find source 'tell'. Did you mean 'till'? [SOURCE_UNKNOWN]\n");
    }

    private static void exec(IntStream offsets, int first) {
        String rows = String.join(
                ", ",
                offsets.mapToObj(n -> "(" + (first + n) + ", 1.00, now())").toList());
        exec("INSERT INTO orders VALUES " + rows);
    }

    private static String exec(String sql, String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("source", "exec", "till", sql));
        words.addAll(List.of(options));
        Tarn.Result result = lake.run(words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private static Map<String, Object> source() throws IOException {
        return JSON.std.mapFrom(
                lake.run("source", "show", "till", "--output", "json").out());
    }

    private static void awaitState(String state) {
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(lake.source("till")).containsEntry("state", state));
    }

    private static List<GenericRecord> awaitChanges(String topic, Predicate<List<GenericRecord>> complete)
            throws IOException, InterruptedException {
        await().atMost(Duration.ofMinutes(4)).until(() -> complete.test(topics.read(topic)));
        return topics.read(topic);
    }

    private static boolean ids(List<GenericRecord> changes, int count) {
        return changes.stream().map(change -> change.get("id")).distinct().count() == count;
    }

    private static String decimal(GenericRecord row, String field, int scale) {
        ByteBuffer bytes = (ByteBuffer) row.get(field);
        byte[] digits = new byte[bytes.remaining()];
        bytes.duplicate().get(digits);
        return new BigDecimal(new BigInteger(digits), scale).toPlainString();
    }

    private static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1000;
    }
}

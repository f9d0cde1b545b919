package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Rows that do not go through Kafka: the same as those that do, all of them, and none twice.
 */
@OnLake(LabLake.class)
@Order(10)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoadIT {
    private static final int READINGS = 120_000;

    private static Lake lake;

    @BeforeAll
    static void takeLake(Lake lab) {
        lake = lab;
    }

    @Test
    @Order(1)
    void everyTypeIsWhatDebeziumMakesOfIt() throws Exception {
        // An array of times with zones is one of the types that are left to Debezium.
        execute(
                "straight",
                "CREATE SCHEMA straight; CREATE TABLE straight.unfit (id int PRIMARY KEY, times timetz[]);"
                        + "INSERT INTO straight.unfit VALUES (1, '{12:00:00+01}'), (2, NULL)");
        for (String source : List.of("straight", "round")) {
            // What a server writes by default must not be what readers read.
            execute(
                    source,
                    "ALTER DATABASE " + source + " SET bytea_output = 'escape'; ALTER DATABASE " + source
                            + " SET IntervalStyle = 'sql_standard'; ALTER DATABASE " + source
                            + " SET statement_timeout = '1 min'");
            execute(
                    source,
                    "CREATE SCHEMA IF NOT EXISTS " + source + "; SET search_path TO " + source + ", public; "
                            + EveryType.TABLE + EveryType.rows(1));
        }
        for (String source : List.of("straight", "round")) {
            awaitRows(source + ".by_" + source, 4);
        }
        assertThat(rows("straight")).isEqualTo(rows("round"));
        assertThat(columns("straight")).isEqualTo(columns("round"));
        assertThat(lake.run("topic", "list").out())
                .as("what went through Kafka")
                .contains("lab.round.every_type")
                .doesNotContain("lab.straight.every_type");
        awaitRows("straight.unfit", 2);
        assertThat(lake.run("topic", "list").out()).contains("lab.straight.unfit");

        for (String source : List.of("straight", "round")) {
            execute(
                    source,
                    "SET search_path TO " + source + ", public; " + EveryType.rows(11)
                            + "UPDATE every_type SET c_small = 7, c_text = 'changed' WHERE id IN (2, 12)");
        }
        for (String source : List.of("straight", "round")) {
            awaitRows(source + ".by_" + source, 8);
            await().atMost(Duration.ofMinutes(4))
                    .until(() -> rows(source).values().stream()
                                    .filter(row -> row.contains("c_text=changed"))
                                    .count()
                            == 2);
        }
        assertThat(rows("straight")).isEqualTo(rows("round"));
        assertThat(columns("straight")).isEqualTo(columns("round"));
        verify("straight.by_straight");
        verify("round.by_round");
    }

    @Test
    @Order(2)
    void tableAppearsWithAllOfItsRowsThoughTheyChangeAndTheProcessIsKilledMeanwhile() throws Exception {
        execute(
                "slow",
                "CREATE SCHEMA slow; CREATE TABLE slow.readings (id bigint PRIMARY KEY, station text, value"
                        + " numeric(10,3), at timestamptz, note text); INSERT INTO slow.readings SELECT i, 'S' || i % 30, i / 7.0,"
                        + " '2026-01-01+00'::timestamptz + i * interval '1 s', repeat('n', (i % 50)::int) FROM generate_series(1, "
                        + READINGS + ") i; ANALYZE slow.readings");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> changes = CompletableFuture.supplyAsync(() -> changeUntil(stop));
        try {
            await().atMost(Duration.ofMinutes(4)).until(() -> message("slow"), text -> text.contains(" rows/s"));
            assertThat(message("slow"))
                    .containsPattern("copies slow\\.readings: [\\d,]+ of about [\\d,]+ rows, [\\d,]+ rows/s");
            assertThat(tables()).doesNotContain("slow.readings");
            ProcessHandle.of(lake.pid("collect")).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofMinutes(6)).until(() -> tables().contains("slow.readings"));

            // Rows that the changes delete are some hundred.
            assertThat(count("slow.readings")).isGreaterThan(READINGS * 9 / 10);
        } finally {
            stop.set(true);
        }
        assertThat(changes.get(60, TimeUnit.SECONDS)).isPositive();
        awaitStreaming("slow");
        verify("slow.readings");
    }

    @Test
    @Order(3)
    void tableIsLoadedAnewWhenAskedForIt() throws Exception {
        Repairs.inject(lake, "slow/readings", """
            {"lsn": 1, "rows": [{"id": "-1", "station": "S1", "value": "1.000", "at": "0", "note": "of no source"}]}""");
        assertThat(lake.run("table", "verify", "slow.readings", "--quiet-time", "1")
                        .exitCode())
                .isEqualTo(5);

        Tarn.Result loaded = lake.run("source", "load", "slow", "slow.readings");

        assertThat(loaded.exitCode()).as(loaded.out() + loaded.err()).isZero();
        assertThat(loaded.err()).contains("Loaded slow.readings.");
        verify("slow.readings");
        Tarn.Result unknown = lake.run("source", "load", "slow", "readings");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errBesidesWaiting())
                .isEqualTo("Cannot load 'readings': source 'slow' has slow.readings. Name one of its tables with its"
                        + " schema. [SOURCE_TABLE]\n");
    }

    private static int changeUntil(AtomicBoolean stop) {
        Random random = new Random(1);
        int transactions = 0;
        try (Connection connection = Database.connectTo(lake, "slow");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stop.get()) {
                for (int i = 0; i < 5; i++) {
                    int id = 1 + random.nextInt(READINGS);
                    statement.execute(
                            switch (random.nextInt(20)) {
                                case 0 -> "DELETE FROM slow.readings WHERE id = " + id;
                                case 1, 2, 3 ->
                                    "INSERT INTO slow.readings VALUES (" + (READINGS + transactions * 5L + i)
                                            + ", 'S1', 1, now(), 'new')";
                                case 4 -> "UPDATE slow.readings SET id = -id, station = 'moved' WHERE id = " + id;
                                default ->
                                    "UPDATE slow.readings SET value = value + 1, station = 'S' || " + random.nextInt(40)
                                            + " WHERE id = " + id;
                            });
                }
                connection.commit();
                transactions++;
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return transactions;
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        Database.executeIn(lake, database, sql);
    }

    private static void verify(String table) {
        Tarn.Result result = lake.run("table", "verify", table, "--timeout", "180");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private static String tables() {
        return lake.run("table", "list", "--output", "csv").out();
    }

    private static void awaitRows(String table, long rows) {
        await().atMost(Duration.ofMinutes(6)).until(() -> tables().contains(table + ",") && count(table) == rows);
    }

    private static long count(String table) {
        return Long.parseLong(lake.run("sql", "SELECT count(*) FROM " + table, "--output", "csv")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElse("-1"));
    }

    private static void awaitStreaming(String source) {
        await().atMost(Duration.ofMinutes(4))
                .until(() -> "streaming".equals(lake.source(source).get("state")));
    }

    private static String message(String source) {
        return String.valueOf(lake.source(source).get("message"));
    }

    /** The rows of every_type by their ids, without what the source, Hudi and the moment of the copy say of them. */
    @SuppressWarnings("unchecked") // The shape of the command's JSON.
    private static Map<String, String> rows(String database) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Tarn.Result result = lake.run("sql", "SELECT * FROM " + database + ".by_" + database, "--output", "json");
        for (Object each : JSON.std.listFrom(result.out())) {
            Map<String, Object> row = new TreeMap<>((Map<String, Object>) each);
            row.keySet().removeIf(name -> name.startsWith("_hoodie") || name.matches("__(lsn|source_ts_ms|db|schema)"));
            rows.put(String.valueOf(row.get("id")), row.toString());
        }
        return rows;
    }

    private static String columns(String database) {
        return lake.run("sql", "DESCRIBE " + database + ".by_" + database, "--output", "csv")
                .out()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }
}

package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A table that is not what its source is, is found out, with its rows and columns; one that is, never is. */
@OnLake(LabLake.class)
@Order(11)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyIT {
    private static final String TABLES = """
        CREATE TABLE artworks (artwork_id int PRIMARY KEY, title text, classification text, medium text, acquired date,
            height_cm numeric(12,4), changed_at timestamptz);
        INSERT INTO artworks SELECT i, 'Work ☃ ' || i, CASE i WHEN 15 THEN 'Alone' ELSE 'Kind ' || i % 4 END,
            -- Too long for its row and for compression: PostgreSQL keeps it outside, and no update sends it.
            (SELECT string_agg(md5(i || '-' || j), '') FROM generate_series(1, 90) j), DATE '1950-01-01' + i, i / 7.0,
            '2026-01-01 00:00:00.5+00'::timestamptz + i * interval '1 second' FROM generate_series(1, 400) i;
        """;

    private static Lake lake;

    @BeforeAll
    static void makeTables(Lake lab) throws Exception {
        lake = lab;
        Database.executeIn(lake, "moma", TABLES + EveryType.TABLE);
        Database.executeIn(lake, "moma", EveryType.rows(1));
        await().atMost(Duration.ofMinutes(6))
                .until(
                        () -> lake.run("table", "list", "--output", "csv").out(),
                        list -> list.contains("moma.artworks,") && list.contains("moma.every_type,"));
    }

    @Test
    @Order(1)
    void everyTypeIsEqualWhetherItWasCopiedOrCameAsAChange() throws Exception {
        Map<String, Object> copied = verify("every_type", 0);
        Database.executeIn(lake, "moma", EveryType.rows(11));
        Map<String, Object> streamed = verify("every_type", 0);

        assertThat(copied)
                .containsEntry("equal", true)
                .containsEntry("rows", 4)
                .containsEntry("notCompared", List.of());
        assertThat(streamed).containsEntry("equal", true).containsEntry("rows", 8);
    }

    @Test
    @Order(2)
    void tableIsEqualWhileItsRowsChange() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> writeUntil(stop));
        try {
            for (int i = 0; i < 3; i++) {
                Tarn.Result result = lake.run("table", "verify", "artworks", "--timeout", "180");
                assertThat(result.out())
                        .contains("moma.artworks: equal at LSN 0/", " 0 missing, 0 extra, 0 different, ");
                assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            }
        } finally {
            stop.set(true);
        }
        assertThat(load.get(60, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    @Order(3)
    @SuppressWarnings("unchecked") // The shape of the command's JSON.
    void everyFaultIsFoundWithItsKeyAndItsColumn() throws Exception {
        String old = Database.columnOf(lake, "moma", "SELECT medium FROM artworks WHERE artwork_id = 16")
                .get(0);
        Database.executeIn(lake, "moma", "UPDATE artworks SET medium = reverse(medium) WHERE artwork_id = 16");
        long lsn = ((Number) verify("artworks", 0).getOrDefault("lsn", 0)).longValue();
        inject("""
            {"lsn": %d, "gone": [{"artwork_id": "11"}], "rows": [
              {"artwork_id": "12", "title": "not so"},
              {"artwork_id": "16", "medium": "%s"},
              {"artwork_id": "100014", "title": "never was", "classification": "Kind 2"}]}
            """.formatted(lsn, old));
        copyIntoAnotherPartition("classification=Alone", "classification=Kind 1");

        Map<String, Object> found = verify("artworks", 5);

        assertThat(found)
                .containsEntry("missing", 1)
                .containsEntry("extra", 1)
                .containsEntry("different", 2)
                .containsEntry("double", 1);
        List<Map<String, Object>> faults = (List<Map<String, Object>>) found.getOrDefault("faults", List.of());
        assertThat(faults.stream().map(VerifyIT::line))
                .containsExactly(
                        "missing {artwork_id=11} [] []",
                        "different {artwork_id=12} [title] [classification=Kind 0]",
                        "double {artwork_id=15} [classification] [classification=Alone, classification=Kind 1]",
                        "different {artwork_id=16} [medium] [classification=Kind 0]",
                        "extra {artwork_id=100014} [] [classification=Kind 2]");
        // After the usual time, once; the others take a shorter one.
        assertThat(lake.run("table", "verify", "artworks").out())
                .contains("moma.artworks: NOT equal at LSN 0/")
                .contains("  different artwork_id=12\n    title: source 'Work ☃ 12', lake 'not so'\n")
                .contains("  double artwork_id=15 in classification=Alone and classification=Kind 1\n");
    }

    private static String line(Map<String, Object> fault) {
        List<?> columns = (List<?>) fault.getOrDefault("columns", List.of());
        return fault.get("kind") + " " + fault.get("key") + " "
                + columns.stream()
                        .map(column -> ((Map<?, ?>) column).get("column"))
                        .toList() + " "
                + fault.get("partitions");
    }

    @Test
    @Order(4)
    void repairedTableIsEqualAndItsWriterGoesOn() throws Exception {
        Tarn.Result repaired = lake.run("table", "verify", "artworks", "--repair", "--quiet-time", "1");

        assertThat(repaired.out())
                .contains("moma.artworks: equal at LSN 0/", "  5 rows were brought in line before that\n");
        assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
        Database.executeIn(lake, "moma", """
            UPDATE artworks SET title = title || ', again', classification = 'Kind 0' WHERE artwork_id IN (12, 15, 16);
            DELETE FROM artworks WHERE artwork_id = 11;
            INSERT INTO artworks (artwork_id, title, classification) VALUES (100014, 'now it is', 'Kind 3');
            """);
        assertThat(verify("artworks", 0)).containsEntry("equal", true).containsEntry("rows", 400);
    }

    @Test
    @Order(5)
    void repairedRowOfEveryTypeIsWhatTheStreamWouldHaveBrought() throws Exception {
        String all = "SELECT * FROM moma.every_type WHERE id = 11";
        String before = values(all);
        long lsn = ((Number) verify("every_type", 0).getOrDefault("lsn", 0)).longValue();
        Repairs.inject(lake, "moma/every_type", """
            {"lsn": %d, "gone": [{"part": "abc", "id": "11"}]}""".formatted(lsn));

        assertThat(verify("every_type", 5)).containsEntry("missing", 1);
        assertThat(lake.run("table", "verify", "every_type", "--repair", "--quiet-time", "1")
                        .out())
                .contains("equal at LSN");

        assertThat(values(all)).isEqualTo(before);
    }

    /**
     * A row without what Hudi and the writer say of it, and without two columns whose values come back equal in another
     * form, as verify itself has proven: 1.1 as 1.10, and -0.0 in an array as 0.0.
     */
    private static String values(String sql) throws IOException {
        Tarn.Result result = lake.run("sql", sql, "--output", "json");
        Map<String, Object> row =
                new TreeMap<>(JSON.std.mapFrom(result.out().strip().replaceAll("(?s)^\\[|]$", "")));
        row.keySet().removeIf(name -> name.startsWith("_") || name.equals("c_numeric") || name.equals("c_floats"));
        return row.toString();
    }

    @Test
    @Order(6)
    void whatCannotBeVerifiedIsRefusedWithItsReason() throws Exception {
        Tarn.Result unknown = lake.run("table", "verify", "artwork");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errBesidesWaiting())
                .isEqualTo("Cannot find table 'artwork'. Did you mean 'artworks'? [TABLE_UNKNOWN]\n");
        assertThat(lake.run("table", "verify", "--limit", "-1").err())
                .contains("Cannot verify: 'limit' is a whole number from 0 to 1000, and not '-1'. Correct it. [USAGE]");
        assertThat(lake.run("table", "verify", "--output", "csv").err())
                .contains("Cannot run 'tarn table verify': --output is table or json here.");
        lake.down();
        Files.delete(lake.directory().resolve("sources/moma.yaml"));
        lake.up();

        Tarn.Result orphan = lake.run("table", "verify", "artworks");

        assertThat(orphan.exitCode()).isEqualTo(2);
        assertThat(orphan.errBesidesWaiting())
                .isEqualTo(
                        "Cannot verify table 'moma.artworks': no source of this lake feeds it, so there is nothing to"
                                + " compare it with. 'tarn source list' shows the sources, and whether they have started."
                                + " [VERIFY_NO_SOURCE]\n");
    }

    private static Map<String, Object> verify(String table, int exitCode) throws IOException {
        Tarn.Result result = lake.run("table", "verify", table, "--output", "json", "--quiet-time", "1");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return JSON.std.mapFrom(result.out().strip().replaceAll("(?s)^\\[|]$", ""));
    }

    private static void inject(String rows) throws IOException {
        Repairs.inject(lake, "moma/artworks", rows);
    }

    /** As a file group of its own, of a commit that there was. */
    private static void copyIntoAnotherPartition(String from, String to) throws IOException {
        Path table = lake.directory().resolve(".tarn/storage/moma/artworks");
        try (Stream<Path> files = Files.list(table.resolve(from))) {
            Path base = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            String name = base.getFileName().toString();
            Files.copy(base, table.resolve(to).resolve("0badc0de" + name.substring(8)));
        }
    }

    private static int writeUntil(AtomicBoolean stop) {
        Random random = new Random(1);
        int transactions = 0;
        try (Connection connection = Database.connectTo(lake, "moma");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stop.get()) {
                LockSupport.parkNanos(20_000_000);
                for (int i = 0; i < 5; i++) {
                    int id = 1_000 + random.nextInt(2_000);
                    statement.execute(
                            switch (random.nextInt(10)) {
                                case 0, 1 -> "DELETE FROM artworks WHERE artwork_id = " + id;
                                case 2, 3, 4 ->
                                    "UPDATE artworks SET title = 'T" + transactions + "', classification = 'Kind "
                                            + random.nextInt(6) + "' WHERE artwork_id = " + id;
                                default ->
                                    "INSERT INTO artworks (artwork_id, title, classification, medium) VALUES (" + id
                                            + ", 'N" + transactions + "', 'Kind 1', 'm') ON CONFLICT (artwork_id) DO"
                                            + " UPDATE SET title = excluded.title";
                            });
                }
                connection.commit();
                transactions++;
            }
            statement.execute("DELETE FROM artworks WHERE artwork_id BETWEEN 1000 AND 3000");
            connection.commit();
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

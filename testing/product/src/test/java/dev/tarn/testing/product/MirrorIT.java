package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import dev.tarn.testing.gate.Rounds;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The lake's tables hold what the source's tables hold, whatever happens to rows and processes. */
@OnLake(MuseumLake.class)
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MirrorIT {
    /** How often the collect process is killed. */
    private static final int KILLS = Rounds.of("tarn.kills", 1, 10);

    private static final Duration TRANSACTION_EVERY = Duration.ofMillis(20);

    private static final String ARTWORKS = "SELECT artwork_id, title, classification, CAST(height_cm AS %s) AS height,"
            + " CAST(acquisition_date AS %s) AS acquired, medium FROM %sartworks%s ORDER BY artwork_id";

    @BeforeAll
    static void makeTables(Lake lake) throws Exception {
        Database.execute(lake, Database.MUSEUM + """
                TRUNCATE artists, artworks;
                INSERT INTO artists SELECT i, 'Artist ' || i, CASE i % 3 WHEN 0 THEN 'Dutch' WHEN 1 THEN 'Greek' END,
                    NULL, 1900 + i % 90, NULL FROM generate_series(1, 200) i;
                INSERT INTO artworks SELECT i, 'Work ☃ ' || i, i % 200, 'Kind ' || i % 4,
                    -- Too long for its row and for compression: PostgreSQL keeps it outside, and no update sends it.
                    (SELECT string_agg(md5(i || '-' || j), '') FROM generate_series(1, 90) j),
                    DATE '1950-01-01' + i, i / 7.0 FROM generate_series(1, 400) i;
                """);
    }

    /** A service that dies six times within ten minutes stays down, as it should: after many, count anew. */
    @AfterAll
    static void forgetTheKills(Lake lake) {
        if (KILLS > 1) {
            lake.down();
            lake.up();
        }
    }

    @Test
    @Order(1)
    void firstCopyArrivesInBothTableTypes(Lake lake) {
        awaitEqualArtworks(lake, "");
        awaitEqualArtworks(lake, "_cow");
    }

    @Test
    @Order(1)
    void metastoreKnowsTablesViewsPartitionsAndComments(Lake lake) throws Exception {
        awaitEqualArtworks(lake, "");

        assertThat(lakeRows(lake, "SHOW TABLES IN moma").toString())
                .contains("artworks,", "artworks_ro,", "artworks_rt,", "artworks_cow,");
        for (String table : List.of("artworks", "artworks_ro", "artworks_rt", "artworks_cow")) {
            assertThat(lakeRows(lake, "SHOW PARTITIONS moma." + table).toString())
                    .as(table)
                    .contains("classification=Kind 0", "classification=Kind 3");
            assertThat(lakeRows(lake, "DESCRIBE moma." + table).toString())
                    .as(table)
                    .contains("As on the label");
        }
        assertThat(lakeRows(lake, "SHOW TBLPROPERTIES moma.artworks").toString())
                .contains("moma: public.artworks");
    }

    @Test
    @Order(2)
    void changesOfEveryKindArrive(Lake lake) throws Exception {
        Database.execute(lake, """
                UPDATE artworks SET title = 'Renamed' WHERE artwork_id % 10 = 1;
                UPDATE artworks SET classification = 'Moved/to ünï' WHERE artwork_id % 10 = 2;
                UPDATE artworks SET classification = NULL WHERE artwork_id % 10 = 3;
                DELETE FROM artworks WHERE artwork_id % 10 = 4;
                UPDATE artworks SET artwork_id = artwork_id + 10000 WHERE artwork_id % 10 = 5;
                INSERT INTO artworks (artwork_id, title, classification, height_cm) VALUES (4, 'Back again', 'Kind 9', 0.0001);
                """);

        awaitEqualArtworks(lake, "");
        awaitEqualArtworks(lake, "_cow");
    }

    @Test
    @Order(3)
    void softDeleteKeepsTheKeyAndNullsTheRest(Lake lake) throws Exception {
        Database.execute(lake, "DELETE FROM artists WHERE artist_id = 7");

        await().atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
            for (String view : List.of("artists", "artists_rt", "artists_cow")) {
                assertThat(lakeRows(
                                lake, "SELECT artist_id, name, __deleted FROM moma." + view + " WHERE artist_id = 7"))
                        .hasSize(1)
                        .first()
                        .asString()
                        .contains("artist_id=7", "name=null", "__deleted=true");
            }
        });
    }

    @Test
    @Order(4)
    void changesMadeWhileTheLakeWasDownArrive(Lake lake) throws Exception {
        long killed = lake.pid("collect");
        Database.execute(lake, "UPDATE artworks SET title = 'while it was dying' WHERE artwork_id % 10 = 6");
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        Database.execute(lake, "UPDATE artworks SET title = 'while it was dead' WHERE artwork_id % 10 = 7");
        Database.execute(lake, "DELETE FROM artworks WHERE artwork_id % 10 = 8");

        awaitEqualArtworks(lake, "");
        awaitEqualArtworks(lake, "_cow");
    }

    @Test
    @Order(5)
    void columnAddedWhileRunningIsNullInOldRowsAndFilledInNewOnes(Lake lake) throws Exception {
        Database.execute(lake, "ALTER TABLE artworks ADD COLUMN room text");
        Database.execute(lake, "UPDATE artworks SET room = 'R1' WHERE artwork_id = 1");

        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(lakeRows(
                                lake,
                                "SELECT artwork_id, room FROM moma.artworks WHERE artwork_id IN (1, 2) ORDER BY 1"))
                        .hasToString("[{artwork_id=1, room=R1}, {artwork_id=2, room=null}]"));
        awaitEqualArtworks(lake, "");
    }

    @Test
    @Order(6)
    void columnsThatChangeInEveryRowWithoutAWordAreCopied(Lake lake) throws Exception {
        Database.execute(lake, "ALTER TABLE artworks ADD COLUMN rank int NOT NULL DEFAULT 7");
        Database.execute(lake, "ALTER TABLE artworks RENAME COLUMN room TO place");

        String columns = "SELECT artwork_id, rank, place FROM %sartworks%s ORDER BY artwork_id";
        for (String suffix : List.of("", "_cow")) {
            await().atMost(Duration.ofMinutes(4))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(lakeRows(lake, columns.formatted("moma.", suffix)))
                            .isEqualTo(sourceRows(lake, columns.formatted("", ""))));
        }
    }

    @Test
    @Order(7)
    void killedUnderLoadNothingIsLostOrDoubled(Lake lake) throws Exception {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        System.out.println("killedUnderLoadNothingIsLostOrDoubled: seed " + seed + " (-Dtarn.seed), kills " + KILLS);
        Random random = new Random(seed);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> writeUntil(lake, stop, seed));

        for (int kill = 0; kill < KILLS; kill++) {
            await().pollDelay(Duration.ofMillis(500 + random.nextInt(4_000))).until(() -> true);
            long pid = lake.pid("collect");
            if (pid != 0) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            await().atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
                if ("failed".equals(lake.service("collect").get("state"))) {
                    // After five deaths within minutes a service stays down until somebody asks for it.
                    lake.up();
                }
                assertThat(lake.service("collect")).containsEntry("state", "healthy");
            });
        }
        stop.set(true);

        assertThat(load.get(60, TimeUnit.SECONDS)).isPositive();
        awaitEqualArtworks(lake, "");
        awaitEqualArtworks(lake, "_cow");
    }

    @Test
    @Order(8)
    void truncateEmptiesTheTable(Lake lake) throws Exception {
        Database.execute(lake, """
                TRUNCATE artworks;
                INSERT INTO artworks (artwork_id, title, classification, height_cm) VALUES (1, 'After it', 'Kind 1', 1);
                """);

        awaitEqualArtworks(lake, "");
        awaitEqualArtworks(lake, "_cow");
    }

    private static int writeUntil(Lake lake, AtomicBoolean stop, long seed) {
        Random random = new Random(seed + 1);
        int transactions = 0;
        try (Connection connection = Database.connect(lake, lake.postgresPassword());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            while (!stop.get()) {
                // A rate that two cores keep up with beside all else: what survives is shown here, not how much.
                // Without it, the rows to catch up on grow with the time that the recoveries take.
                LockSupport.parkNanos(start + transactions * TRANSACTION_EVERY.toNanos() - System.nanoTime());
                for (int i = 0; i < 10; i++) {
                    int id = 20_000 + random.nextInt(2_000);
                    String kind = "'Kind " + random.nextInt(6) + "'";
                    statement.execute(
                            switch (random.nextInt(10)) {
                                case 0, 1 -> "DELETE FROM artworks WHERE artwork_id = " + id;
                                case 2, 3, 4, 5 ->
                                    "UPDATE artworks SET title = 'T" + transactions + "', classification = " + kind
                                            + " WHERE artwork_id = " + id;
                                default ->
                                    "INSERT INTO artworks (artwork_id, title, classification, height_cm) VALUES (" + id
                                            + ", 'N" + transactions + "', " + kind + ", " + random.nextInt(1_000_000)
                                            + " / 10000.0) ON CONFLICT (artwork_id) DO UPDATE SET title = excluded.title";
                            });
                }
                connection.commit();
                transactions++;
            }
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEqualArtworks(Lake lake, String suffix) {
        String inSource = ARTWORKS.formatted("text", "text", "", "");
        String inLake = ARTWORKS.formatted("string", "string", "moma.", suffix);
        await().atMost(Duration.ofMinutes(6))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(lakeRows(lake, inLake)).isEqualTo(sourceRows(lake, inSource)));
    }

    private static List<Object> lakeRows(Lake lake, String sql) throws IOException {
        return rows(lake.run("sql", sql, "--max-rows", "10000", "--output", "json"));
    }

    @SuppressWarnings("unchecked") // The shape of the command's JSON.
    private static List<Object> sourceRows(Lake lake, String sql) throws IOException {
        List<Object> results = rows(lake.run("source", "exec", "moma", sql, "--output", "json"));
        return (List<Object>) ((Map<String, Object>) results.get(0)).getOrDefault("rows", List.of());
    }

    private static List<Object> rows(Tarn.Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return JSON.std.listFrom(result.out());
    }
}

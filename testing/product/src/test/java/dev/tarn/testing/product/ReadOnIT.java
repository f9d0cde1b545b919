package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

/**
 * Where the reading of a source was cut off, it goes on without a gap: within a transaction, also one whose rows share a
 * position in the log; and where what was not read is gone, it says so and loads the tables again.
 */
@OnLake(LabLake.class)
@Order(11)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadOnIT {
    private static final int ROWS = 200_000;
    private static final String TABLE = "cut.ledger";
    private static final String SLOT = "tarn_lab_cut";

    private static final long SEED = Long.getLong("tarn.seed", System.nanoTime());

    private static Lake lake;

    @BeforeAll
    static void takeLake(Lake lab) throws Exception {
        lake = lab;
        execute("CREATE SCHEMA cut; CREATE TABLE cut.ledger (id int PRIMARY KEY, v text DEFAULT 'new');"
                + " INSERT INTO cut.ledger VALUES (0, 'before')");
        await().atMost(Duration.ofMinutes(4))
                .until(() -> "streaming".equals(lake.source("cut").get("state")));
    }

    /** COPY writes one record of the log for many rows, so they all have one position. */
    @Test
    @Order(1)
    @Tag("case:copy-cut-in-the-middle")
    void noRowOfACopyIsLostWhenItsReaderIsEndedInTheMiddle() throws Exception {
        copyRows(1, ROWS);

        cutAtRandomMoments(3);

        verify();
        assertThat(count()).isEqualTo(ROWS + 1L);
        assertThat(topicEnd()).as("rows that came again").isGreaterThan(ROWS + 1_000L);
    }

    @Test
    @Order(2)
    void transactionOfUpdatesAndDeletesIsReadOnFromItsBegin() throws Exception {
        execute("BEGIN; UPDATE cut.ledger SET v = 'first ' || id WHERE id % 3 = 0;"
                + " DELETE FROM cut.ledger WHERE id % 7 = 0;"
                + " UPDATE cut.ledger SET v = NULL WHERE id % 11 = 0;"
                + " UPDATE cut.ledger SET v = 'last ' || id WHERE id % 3 = 0; COMMIT");

        cutAtRandomMoments(2);

        verify();
    }

    @Test
    @Order(3)
    @Tag("case:slot-dropped")
    void tablesAreLoadedAgainWhenTheSlotWasDropped() throws Exception {
        // Whoever reads it comes back at once.
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .until(ReadOnIT::slotIsDropped);
        execute("UPDATE cut.ledger SET v = 'no slot' WHERE id BETWEEN 1500 AND 1520;"
                + " DELETE FROM cut.ledger WHERE id = 1");

        await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> String.valueOf(lake.source("cut").get("lastError")),
                        error -> error.contains("Cannot read on from replication slot 'tarn_lab_cut': it is gone."
                                + " What changed since it was last read is not in it any more, so all tables of the"
                                + " source are loaded again."));
        execute("UPDATE cut.ledger SET v = 'after it' WHERE id BETWEEN 1600 AND 1620");
        await().atMost(Duration.ofMinutes(4))
                .until(() -> "streaming".equals(lake.source("cut").get("state")));
        verify();
    }

    private static boolean slotIsDropped() {
        try {
            execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + SLOT
                    + "' AND active");
            execute("SELECT pg_drop_replication_slot('" + SLOT + "')");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void copyRows(int from, int rows) throws SQLException, IOException {
        try (Connection connection = Database.connectTo(lake, "cut")) {
            String text = IntStream.range(from, from + rows)
                    .mapToObj(id -> id + "\t" + Integer.toHexString(id * 31) + "\n")
                    .collect(Collectors.joining());
            long unused = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY cut.ledger FROM STDIN", new StringReader(text));
        }
    }

    /** Ends the reader several times while it reads what has been written last. */
    private static void cutAtRandomMoments(int times) throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < times; i++) {
            long known = topicEnd();
            await("a part of the transaction has been read, with -Dtarn.seed=" + SEED)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> topicEnd() > known + 1_000);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + SLOT
                    + "' AND active");
        }
    }

    private static long topicEnd() throws IOException, InterruptedException {
        return JSON
                .std
                .mapFrom(Http.get(lake.address("collect", "connect") + "/tarn/ends?topic=lab.cut.ledger")
                        .body())
                .values()
                .stream()
                .mapToLong(end -> ((Number) end).longValue())
                .sum();
    }

    private static void execute(String sql) throws SQLException {
        Database.executeIn(lake, "cut", sql);
    }

    private static void verify() {
        Tarn.Result result = lake.run("table", "verify", TABLE, "--timeout", "240");
        assertThat(result.exitCode())
                .as("with -Dtarn.seed=%d: %s", SEED, result.out() + result.err())
                .isZero();
    }

    private static long count() {
        return Long.parseLong(lake.run("sql", "SELECT count(*) FROM " + TABLE, "--output", "csv")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElse("-1"));
    }
}

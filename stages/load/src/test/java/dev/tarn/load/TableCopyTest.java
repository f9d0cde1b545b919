package dev.tarn.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.load.TestDatabase.Server;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A copy is all rows at one moment, each once, whatever happens meanwhile; and nothing stays behind. */
@ExtendWith(TestDatabase.class)
class TableCopyTest {
    private static final String OURS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tarn'";
    // Some kilobytes a row: the table has several ranges of pages.
    private static final String ACCOUNTS = """
            DROP TABLE IF EXISTS %1$s; CREATE TABLE %1$s (id int PRIMARY KEY, amount bigint NOT NULL, filler text);
            ALTER TABLE %1$s ALTER filler SET STORAGE PLAIN;
            INSERT INTO %1$s SELECT i, 100, repeat('x', 3000) FROM generate_series(1, 12000) i
            """;

    private final Server server;

    TableCopyTest(Server server) {
        this.server = server;
    }

    @Test
    void rowsHaveTheColumnsOfTheTableAndThoseThatDebeziumAdds() throws Exception {
        server.execute("DROP TABLE IF EXISTS plain; CREATE TABLE plain (id int PRIMARY KEY, dropped int, note text);"
                + " ALTER TABLE plain DROP dropped; INSERT INTO plain VALUES (1, 'one')");

        Copied copied = Copied.of(server.table("plain"));

        assertThat(copied.columns().list().stream().map(Column::name))
                .containsExactly(
                        "id", "note", "__deleted", "__op", "__db", "__table", "__schema", "__lsn", "__source_ts_ms");
        assertThat(copied.rows()).hasSize(1);
        assertThat(copied.rows().get(0).values())
                .containsExactly(1, "one", null, null, "shop", "plain", "public", null, null);
    }

    @Test
    void rowsBearAPositionBehindAllThatTheyShowAndATime() throws Exception {
        server.execute("DROP TABLE IF EXISTS placed; CREATE TABLE placed (id int PRIMARY KEY)");
        long before = server.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
        long now = System.currentTimeMillis();

        try (TableCopy copy = TableCopy.start(server.table("placed"), Copied.TWO_CONNECTIONS)) {
            assertThat(Copied.rest(copy)).isEmpty();
            assertThat(copy.lsn())
                    .isBetween(before, server.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"));
            assertThat(copy.sourceMillis()).isBetween(now - 5_000, System.currentTimeMillis() + 5_000);
            assertThat(copy.status().phase()).isEqualTo(CopyStatus.Phase.DONE);
        }
    }

    @Test
    void namesMayBeAnything() throws Exception {
        server.execute("DROP SCHEMA IF EXISTS \"odd \"\"schema\" CASCADE; CREATE SCHEMA \"odd \"\"schema\";"
                + " CREATE TABLE \"odd \"\"schema\".\"Tab.le'; --\" (id int PRIMARY KEY, \"Größe in \"\"cm\" int, \"2nd\" int);"
                + " INSERT INTO \"odd \"\"schema\".\"Tab.le'; --\" VALUES (1, 2, 3)");

        Copied copied = Copied.of(server.table("odd \"schema", "Tab.le'; --"));

        assertThat(copied.columns().list().stream().map(Column::name)).startsWith("id", "Gr__e_in__cm", "_2nd");
        assertThat(copied.rows().get(0).values()).startsWith(1, 2, 3).contains("Tab.le'; --", "odd \"schema");
    }

    @Test
    void rowsThatChangeMeanwhileAreAsTheyWereAtOneMoment() throws Exception {
        server.execute(ACCOUNTS.formatted("accounts"));
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<Long> transfers = writer.submit(() -> transfer(enough));

            Copied copied = Copied.of(server.table("accounts"), new CopySettings(3, 500, 0));
            enough.set(true);

            assertThat(transfers.get(30, TimeUnit.SECONDS)).isPositive();
            assertThat(new HashSet<>(copied.values("id"))).hasSize(12_000);
            assertThat(copied.rows()).hasSize(12_000);
            assertThat(copied.values("amount").stream()
                            .mapToLong(amount -> (Long) Objects.requireNonNull(amount))
                            .sum())
                    .isEqualTo(1_200_000);
            assertThat(server.number("SELECT sum(amount) FROM accounts")).isEqualTo(1_200_000);
        } finally {
            enough.set(true);
            writer.shutdownNow();
        }
    }

    /** Moves amounts between rows, and rows between pages, until told; the number of transfers. */
    private long transfer(AtomicBoolean enough) throws SQLException {
        long count = 0;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (; !enough.get(); count++) {
                int from = 1 + (int) (count * 7919 % 12_000);
                int to = 1 + (int) (count * 104_729 % 12_000);
                statement.execute("BEGIN; UPDATE accounts SET amount = amount - 1 WHERE id = " + from
                        + "; UPDATE accounts SET amount = amount + 1 WHERE id = " + to + "; COMMIT");
                if (count % 10 == 0) {
                    statement.execute("WITH gone AS (DELETE FROM accounts WHERE id = " + to
                            + " RETURNING *) INSERT INTO accounts SELECT id + 100000, amount, filler FROM gone;"
                            + " UPDATE accounts SET id = id - 100000 WHERE id > 100000");
                }
            }
        }
        return count;
    }

    @Test
    void aTransactionThatIsOpenIsWaitedForAndItsRowsAreThere() throws Exception {
        server.execute("DROP TABLE IF EXISTS late; CREATE TABLE late (id int PRIMARY KEY)");
        try (Connection open = server.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO late VALUES (7)");
            try (TableCopy copy = TableCopy.start(server.table("late"), Copied.TWO_CONNECTIONS)) {
                await().until(() -> copy.status().waitsFor() != null);
                assertThat(copy.status().phase()).isEqualTo(CopyStatus.Phase.WAITING);
                assertThat(copy.status().waitsFor()).matches("a transaction that is open since .* \\(pid \\d+\\)");
                assertThat(copy.poll(Duration.ofMillis(500))).isEmpty();
                assertThat(copy.isDone()).isFalse();

                open.commit();

                assertThat(Copied.rest(copy)).hasSize(1);
                assertThat(copy.status().waitsFor()).isNull();
            }
        }
    }

    @Test
    void aTransactionThatIsPreparedIsNamed() throws Exception {
        server.execute("DROP TABLE IF EXISTS prepared; CREATE TABLE prepared (id int PRIMARY KEY)");
        server.execute("BEGIN; INSERT INTO prepared VALUES (1); PREPARE TRANSACTION 'the one'");
        try (TableCopy copy = TableCopy.start(server.table("prepared"), Copied.TWO_CONNECTIONS)) {
            await().until(() -> copy.status().waitsFor() != null);
            assertThat(copy.status().waitsFor())
                    .startsWith("a transaction that is prepared since")
                    .contains("the one");
        } finally {
            server.execute("ROLLBACK PREPARED 'the one'");
        }
    }

    @Test
    void oneThatBeginsLaterIsNotWaitedFor() throws Exception {
        server.execute(
                "DROP TABLE IF EXISTS busy; CREATE TABLE busy (id int PRIMARY KEY); INSERT INTO busy VALUES (1)");
        try (Connection earlier = server.connect();
                Connection later = server.connect();
                Statement first = earlier.createStatement();
                Statement second = later.createStatement()) {
            earlier.setAutoCommit(false);
            later.setAutoCommit(false);
            first.execute("INSERT INTO busy VALUES (2)");
            try (TableCopy copy = TableCopy.start(server.table("busy"), Copied.TWO_CONNECTIONS)) {
                await().until(() -> copy.status().waitsFor() != null);
                second.execute("INSERT INTO busy VALUES (3)");
                earlier.commit();

                assertThat(Copied.rest(copy)).hasSize(2);
            }
            later.rollback();
        }
    }

    @Test
    void rowsOfManyGroupsComeInOrderAndRowsOfFewInAnyOrder() throws Exception {
        server.execute("""
                DROP TABLE IF EXISTS grouped; CREATE TABLE grouped (id int, few int, many int, filler text);
                ALTER TABLE grouped ALTER filler SET STORAGE PLAIN;
                INSERT INTO grouped SELECT i, nullif(i % 8, 0), i % 9, repeat('x', 3000) FROM generate_series(1, 12000) i
                """);

        Copied few = Copied.of(sortedBy("few"));
        Copied many = Copied.of(sortedBy("many"));

        assertThat(changes(few, "few")).isGreaterThan(1_000);
        assertThat(changes(many, "many")).isEqualTo(8);
        assertThat(new HashSet<>(few.values("id"))).hasSize(12_000);
        assertThat(new HashSet<>(many.values("id"))).hasSize(12_000);
    }

    private TableToCopy sortedBy(String column) {
        TableToCopy table = server.table("grouped");
        return new TableToCopy(
                table.url(), table.user(), table.password(), table.schema(), table.table(), List.of(column), 8);
    }

    /** How often a row has another value than the one before it. */
    private static long changes(Copied copied, String column) {
        int place = copied.columns().position(column);
        return IntStream.range(1, copied.rows().size())
                .filter(i -> !Objects.equals(
                        copied.rows().get(i).values()[place],
                        copied.rows().get(i - 1).values()[place]))
                .count();
    }

    @Test
    void partitionsAndHeirsAreReadWithTheirTable() throws Exception {
        server.execute("""
                DROP TABLE IF EXISTS parted; CREATE TABLE parted (id int, filler text) PARTITION BY RANGE (id);
                CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (20000);
                CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (20000) TO (30000);
                INSERT INTO parted SELECT i, repeat('x', 1500) FROM generate_series(1, 21000) i;
                DROP TABLE IF EXISTS parent CASCADE; CREATE TABLE parent (id int);
                CREATE TABLE heir (more text) INHERITS (parent);
                INSERT INTO parent VALUES (1); INSERT INTO heir VALUES (2, 'x')
                """);

        Copied parted = Copied.of(server.table("parted"));

        assertThat(parted.rows()).hasSize(21_000);
        assertThat(new HashSet<>(parted.values("id"))).hasSize(21_000);
        assertThat(Copied.of(server.table("parent")).values("id")).containsExactly(1, 2);
    }

    @Test
    void columnsWithoutAFormAreAllNamed() throws Exception {
        server.execute("DROP TYPE IF EXISTS pair CASCADE; CREATE TYPE pair AS (a int, b int);"
                + " DROP TABLE IF EXISTS unfit; CREATE TABLE unfit (id int PRIMARY KEY, \"the pair\" pair, fine text,"
                + " shape polygon, n name, digits numeric(50,2), \"a b\" int, a_b int)");

        assertThatThrownBy(() -> Copied.of(server.table("unfit")))
                .isInstanceOf(UnfitTableException.class)
                .hasMessage("table 'public.unfit' is left to Debezium: column 'the pair' has type public.pair;"
                        + " column 'shape' has type polygon; column 'n' has type name;"
                        + " column 'digits' has type numeric(50,2);"
                        + " column 'a_b' has the name of another in the lake, 'a b'");
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Copied.of(server.table("nowhere")))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL))
                .hasMessageStartingWith("Cannot copy table 'public.nowhere' from " + server.url() + ": ERROR: relation"
                        + " \"public.nowhere\" does not exist")
                .hasMessageEndingWith("[SOURCE_COPY]");
    }

    @Test
    void closingInTheMiddleLeavesNothingInTheDatabase() throws Exception {
        server.execute(ACCOUNTS.formatted("closed"));
        try (TableCopy copy = TableCopy.start(server.table("closed"), new CopySettings(3, 10, 0))) {
            assertThat(copy.poll(Duration.ofSeconds(30))).isNotEmpty();
            await().until(() -> server.number(OURS) == 3);
        }

        await().untilAsserted(() -> assertThat(server.number(OURS)).isZero());
    }

    @Test
    void closingWhileItWaitsLeavesNothingInTheDatabase() throws Exception {
        server.execute("DROP TABLE IF EXISTS locked; CREATE TABLE locked (id int PRIMARY KEY)");
        try (Connection holder = server.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
            try (TableCopy copy = TableCopy.start(server.table("locked"), Copied.TWO_CONNECTIONS)) {
                await().until(() -> copy.status().waitsFor() != null);
                assertThat(server.number(OURS)).isEqualTo(1);
            }
            await().untilAsserted(() -> assertThat(server.number(OURS)).isZero());
        }
    }

    @Test
    void whoDoesNotPollStopsTheReading() throws Exception {
        server.execute(ACCOUNTS.formatted("slow"));
        try (TableCopy copy = TableCopy.start(server.table("slow"), new CopySettings(2, 100, 0))) {
            // Four batches wait for the poller, and each reader holds one more.
            await().until(() -> copy.status().rows() == 600);
            assertThat(copy.poll(Duration.ofSeconds(10))).hasSize(100);
            await().until(() -> copy.status().rows() == 700);
            assertThat(Copied.rest(copy)).hasSize(11_900);
            assertThat(copy.status().rows()).isEqualTo(12_000);
            assertThat(copy.status().bytes()).isGreaterThan(36_000_000);
            assertThat(copy.status().expectedBytes()).isGreaterThan(36_000_000);
        }
    }

    @Test
    void longRowsComeInSmallBatches() throws Exception {
        server.execute("DROP TABLE IF EXISTS wide; CREATE TABLE wide AS SELECT i AS id, repeat('x', 1000000) AS filler"
                + " FROM generate_series(1, 20) i");
        try (TableCopy copy = TableCopy.start(server.table("wide"), Copied.TWO_CONNECTIONS)) {
            assertThat(copy.poll(Duration.ofSeconds(30))).hasSize(5);
            assertThat(Copied.rest(copy)).hasSize(15);
        }
    }

    @Test
    void aLimitHoldsRowsBack() throws Exception {
        server.execute(
                "DROP TABLE IF EXISTS limited; CREATE TABLE limited AS SELECT i AS id FROM generate_series(1, 300) i");
        long start = System.nanoTime();

        assertThat(Copied.of(server.table("limited"), new CopySettings(2, 1_000, 300))
                        .rows())
                .hasSize(300);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aConnectionThatTheDatabaseEndsIsAnError() throws Exception {
        server.execute(ACCOUNTS.formatted("killed"));
        try (TableCopy copy = TableCopy.start(server.table("killed"), new CopySettings(2, 10, 0))) {
            assertThat(copy.poll(Duration.ofSeconds(30))).isNotEmpty();
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tarn'");

            assertThatThrownBy(() -> Copied.rest(copy))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL))
                    .hasMessageStartingWith("Cannot copy table 'public.killed' from " + server.url() + ": ")
                    .hasMessageContaining("See that the database runs and that user 'postgres' may read the table");
            assertThat(copy.isDone()).isFalse();
        }
    }

    @Test
    void allRowsShareOneInstanceOfTheirColumns() throws Exception {
        server.execute(ACCOUNTS.formatted("shared"));

        Copied copied = Copied.of(server.table("shared"), new CopySettings(2, 1_000, 0));

        assertThat(copied.rows()).allSatisfy(row -> assertThat(row.columns()).isSameAs(copied.columns()));
    }
}

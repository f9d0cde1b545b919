package dev.tarn.cli.demo;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeSql;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.QueryResult;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.SqlOptions;
import dev.tarn.cli.server.SqlResult;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.server.TableVerdict;
import dev.tarn.cli.server.VerifyOptions;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The demo's two ends: SQL on the source's database, and SQL on the lake. */
final class DemoLake {
    private static final Duration QUERY_LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final ServerClient server;
    private final LakeTables tables;
    private final LakeSql sql;
    private final String source;
    private long saidAtNanos = System.nanoTime();

    DemoLake(Terminal terminal, LakeLocation lake, String source) {
        this.terminal = terminal;
        this.server = ServerClient.of(lake);
        this.tables = LakeTables.of(lake);
        this.sql = LakeSql.of(lake);
        this.source = source;
    }

    LakeTables tables() {
        return tables;
    }

    /** Compacts one table of the lake. */
    void compact(String table, Duration limit) {
        Waiting.during(terminal, "   compacting " + table, () -> tables.compact(tables.choose(table), limit));
    }

    /** Waits a moment, and says every two seconds what for. */
    void pause(String step) {
        if (System.nanoTime() - saidAtNanos > SILENCE.toNanos()) {
            saidAtNanos = System.nanoTime();
            terminal.say("   waiting for " + step + " …");
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }

    /** Runs statements in the source, all or nothing. */
    List<SqlResult> change(String sql) {
        return Waiting.during(terminal, "   running SQL in source '" + source + "'", () -> server.runSql(source, sql));
    }

    /** The rows that the lake answers with. */
    List<Map<String, @Nullable Object>> ask(String sql) {
        return result(sql).objects();
    }

    private QueryResult result(String sql) {
        return result(sql, null);
    }

    private QueryResult result(String sql, @Nullable String asOf) {
        return Waiting.during(
                terminal, "   asking the lake", () -> this.sql.run(sql, new SqlOptions(100, QUERY_LIMIT, asOf, null)));
    }

    /** The source's time now, as {@code --as-of} takes it. */
    String sourceTime() {
        return String.valueOf(
                change("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC'," + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
                        .get(0)
                        .rows()
                        .get(0)
                        .get(0));
    }

    /** The rows at a moment of the source, as soon as the lake knows all that had been by then. */
    List<Map<String, @Nullable Object>> askAsOf(String sql, String moment, Duration limit) {
        String step = "the tables at " + moment;
        long deadline = System.nanoTime() + limit.toNanos();
        saidAtNanos = System.nanoTime();
        QueryResult result = result(sql, moment);
        while (result.shown() == null || !result.shown().exact()) {
            if (System.nanoTime() > deadline) {
                throw DemoFailure.of(
                        step,
                        "after " + limit.toSeconds() + " s the lake shows "
                                + (result.shown() == null
                                        ? "no moment"
                                        : result.shown().at()));
            }
            pause(step);
            result = result(sql, moment);
        }
        return result.objects();
    }

    /** Compares a table with its source. */
    TableVerdict verify(TableNames table) {
        return Waiting.during(
                terminal,
                "   comparing " + table.fullName() + " with its source",
                () -> tables.verify(table, new VerifyOptions(5, QUERY_LIMIT, QUIET, false)));
    }

    /**
     * Asks until the first row of the answer is as wanted.
     *
     * @param step what is being shown, for the message when time runs out
     */
    Map<String, @Nullable Object> await(
            String step, Duration limit, String sql, Predicate<Map<String, @Nullable Object>> wanted) {
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "no row";
        saidAtNanos = System.nanoTime();
        do {
            List<Map<String, @Nullable Object>> rows = ask(sql);
            if (!rows.isEmpty()) {
                if (wanted.test(rows.get(0))) {
                    return rows.get(0);
                }
                last = rows.get(0).toString();
            }
            pause(step);
        } while (System.nanoTime() < deadline);
        throw DemoFailure.of(step, "after " + limit.toSeconds() + " s the lake still says " + last + " to: " + sql);
    }
}

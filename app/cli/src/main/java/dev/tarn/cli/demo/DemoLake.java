package dev.tarn.cli.demo;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeSql;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.QueryResult;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.SqlOptions;
import dev.tarn.cli.server.SqlResult;
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

    QueryResult result(String sql) {
        return Waiting.during(
                terminal, "   asking the lake", () -> this.sql.run(sql, new SqlOptions(100, QUERY_LIMIT, null)));
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

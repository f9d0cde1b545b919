package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** SQL on a running lake. One statement runs at a time. What the engine refuses is a {@link ServerFailure}. */
public final class LakeSql implements AutoCloseable {
    // The engine cancels what nobody has asked to go on for so long: this process may have been killed.
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final int CANCEL_TIMES = 20;

    private final ServerClient server;
    private final String name = ProcessHandle.current().pid() + "-" + System.nanoTime();
    private final Session session;
    private int statements;
    private volatile @Nullable Running running;

    private enum Session {
        ONE_FOR_EACH,
        ONE_FOR_ALL
    }

    private record Running(String id, CountDownLatch ended) {}

    private LakeSql(ServerClient server, Session session) {
        this.server = server;
        this.session = session;
    }

    /** On a lake that must run, which is asked nothing yet. What one statement sets, the next does not see. */
    public static LakeSql of(LakeLocation lake) {
        return new LakeSql(ServerClient.of(lake), Session.ONE_FOR_EACH);
    }

    /** The same, but all statements are of one session, from the first until it is closed. */
    public static LakeSql inOneSession(LakeLocation lake) {
        return new LakeSql(ServerClient.of(lake), Session.ONE_FOR_ALL);
    }

    /** Runs one statement. */
    public QueryResult run(String sql, SqlOptions options) {
        statements++;
        Running query = new Running(name + "-" + statements, new CountDownLatch(1));
        Map<String, Object> body = options.fields();
        body.put("sql", sql);
        if (session == Session.ONE_FOR_ALL) {
            body.put("session", name);
        }
        body.put("id", query.id());
        body.put("leaseSeconds", LEASE.toSeconds());
        running = query;
        renewUntilEnd(query);
        try {
            QueryResult result = server.ask("run the SQL", "POST", "/api/v1/query", json(body), QueryResult::parse);
            return options.engine() == null ? result.withoutEngine() : result;
        } finally {
            query.ended().countDown();
            running = null;
        }
    }

    /** Cancels the statement that runs, if one does; called from another thread. */
    public void cancel() {
        Running query = running;
        // It may not have reached the engine yet.
        for (int i = 0; query != null && i < CANCEL_TIMES && !cancelled(query); i++) {
            if (awaitEnd(query, Duration.ofMillis(100))) {
                return;
            }
        }
    }

    private boolean cancelled(Running query) {
        return server.ask(
                "cancel the SQL",
                "DELETE",
                "/api/v1/query/" + query.id(),
                "",
                answer -> Boolean.TRUE.equals(answer.values().get("cancelled")));
    }

    /** The names that statements can use. */
    public CatalogNames names() {
        return server.ask("see the names of the catalog", "GET", "/api/v1/catalog", "", CatalogNames::parse);
    }

    private void renewUntilEnd(Running query) {
        Thread thread = new Thread(
                () -> {
                    while (!awaitEnd(query, RENEWAL)) {
                        renew(query);
                    }
                },
                "sql-lease");
        thread.setDaemon(true);
        thread.start();
    }

    private void renew(Running query) {
        quietly(() -> server.ask("keep the SQL running", "POST", "/api/v1/query/" + query.id(), "{}", answer -> ""));
    }

    /** Says whether it has ended. */
    private static boolean awaitEnd(Running query, Duration patience) {
        try {
            return query.ended().await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String json(Map<String, Object> body) {
        try {
            return JSON.std.asString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the session. */
    @Override
    public void close() {
        if (session == Session.ONE_FOR_ALL && statements > 0) {
            quietly(() -> server.ask("close the session", "DELETE", "/api/v1/sessions/" + name, "", answer -> ""));
        }
    }

    // What fails here comes right at the next call, or is of no use any more.
    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (TarnException | ServerFailure e) {
            System.getLogger(LakeSql.class.getName()).log(System.Logger.Level.DEBUG, "not answered", e);
        }
    }
}

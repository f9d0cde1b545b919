package dev.tarn.processes.engine;

import dev.tarn.processes.engine.mirror.TableMirrorException;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** Runs SQL with a limit on rows and on time, several queries at once; each can be cancelled. */
final class Queries {
    private static final int AT_ONCE = 8;
    private static final long WATCH_MILLIS = 200;

    private final SparkSession session;
    private final TwoEngines engines;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<String, RunningQuery> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "query-clock");
        thread.setDaemon(true);
        return thread;
    });

    Queries(SparkSession session, TwoEngines engines) {
        this.session = session;
        this.engines = engines;
    }

    /** Runs one statement. A refusal by the engine, its end before it is done, is a {@link RefusedException}. */
    QueryAnswer run(QueryRequest request) throws InterruptedException {
        long start = System.nanoTime();
        RunningQuery query = new RunningQuery(session.sparkContext(), request.id(), request.timeout(), request.lease());
        if (running.putIfAbsent(request.id(), query) != null) {
            throw new RefusedException(
                    409, "QUERY_ID", "Cannot run the query: another one with the id '" + request.id() + "' runs.");
        }
        try {
            if (!places.tryAcquire(request.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RefusedException(
                        503,
                        "QUERIES",
                        "Cannot run the query: " + AT_ONCE + " others run. Try again when one has ended.");
            }
            try {
                return watched(query, request.sql(), () -> engines.answer(request, start, query));
            } finally {
                places.release();
            }
        } finally {
            running.remove(request.id());
        }
    }

    /** Runs work of the engine's own under the same limits. What it refuses stays as it is. */
    <T> T limited(Duration patience, Supplier<T> work) throws InterruptedException {
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new RefusedException(
                    503, "QUERIES", "Cannot compare: " + AT_ONCE + " queries run. Try again when one has ended.");
        }
        try {
            RunningQuery query =
                    new RunningQuery(session.sparkContext(), UUID.randomUUID().toString(), patience, null);
            return watched(query, "", work::get);
        } finally {
            places.release();
        }
    }

    /** Cancels a query; says whether it runs. */
    boolean cancel(String id) {
        RunningQuery query = running.get(id);
        if (query != null) {
            query.cancel();
        }
        return query != null;
    }

    /** Keeps a query from being cancelled for the silence of its client; says whether it runs. */
    boolean renewLease(String id) {
        RunningQuery query = running.get(id);
        if (query != null) {
            query.renewLease();
        }
        return query != null;
    }

    /** Says whether there was one. */
    boolean closeSession(String name) {
        return engines.closeSession(name);
    }

    /** How many rows a table has now. */
    long count(CatalogTable table, Duration patience) {
        String sql = "SELECT count(*) FROM `" + table.database() + "`.`" + table.table() + "`";
        RunningQuery query =
                new RunningQuery(session.sparkContext(), UUID.randomUUID().toString(), patience, null);
        return watched(query, sql, () -> engines.count(session, sql, query));
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private <T> T watched(RunningQuery query, String sql, Work<T> work) {
        query.adoptThread();
        ScheduledFuture<?> watch =
                clock.scheduleWithFixedDelay(query::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        try {
            query.requireGoing();
            return work.run();
        } catch (RefusedException e) {
            throw e;
        } catch (Exception e) { // Scala does not declare what it throws: AnalysisException is a checked one.
            query.requireGoing();
            throw refusal(e, sql);
        } finally {
            watch.cancel(false);
            query.releaseThread();
        }
    }

    private RefusedException refusal(Exception fault, String sql) {
        return fault instanceof TableMirrorException
                ? new RefusedException(400, TableMirrorException.CODE, String.valueOf(fault.getMessage()))
                : new RefusedException(400, "SQL", ErrorText.of(fault, sql) + suggestion(fault));
    }

    private String suggestion(Exception fault) {
        if (fault instanceof AnalysisException analysis && "TABLE_OR_VIEW_NOT_FOUND".equals(analysis.getErrorClass())) {
            String name = String.valueOf(analysis.getMessageParameters().get("relationName"))
                    .replace("`", "");
            return CatalogNames.of(session)
                    .nearestTable(name)
                    .map(near -> "\nDid you mean '" + near + "'?")
                    .orElse("");
        }
        return "";
    }
}

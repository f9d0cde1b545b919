package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.ConsistentMoment;
import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.duckdb.FastEngine;
import dev.tarn.processes.engine.duckdb.NotFastException;
import dev.tarn.processes.engine.merged.MergedSlices;
import dev.tarn.processes.engine.mirror.TableMirrorException;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Runs SQL with a limit on rows and on time, several queries at once; each can be cancelled. */
final class Queries {
    private static final int AT_ONCE = 8;
    private static final long WATCH_MILLIS = 200;
    private static final Duration SESSION_IDLE = Duration.ofHours(1);

    private static final long KEPT_BYTES = 2L << 30;
    // Of logs, and of base files that are merged with them. With more, Spark is done earlier: it reads only the columns
    // it
    // needs, and writes none.
    private static final long MERGED_UNASKED_BYTES = 64L << 20;
    private static final long MERGED_BYTES = 1L << 30;

    private final SparkSession session;
    private final AsOfQuery asOf;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final SqlSessions sessions;
    private final Map<String, RunningQuery> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "query-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final FastEngine fast = new FastEngine(scratch("duckdb"));
    private final FastTables fastTables;

    Queries(SparkSession session, LakeAsOf lake, LakeTables tables) {
        this.session = session;
        this.asOf = new AsOfQuery(lake);
        this.sessions = new SqlSessions(session, SESSION_IDLE);
        this.fastTables = new FastTables(
                tables, new MergedSlices(session, Path.of("merged").toAbsolutePath(), scratch("merge"), KEPT_BYTES));
    }

    private static Path scratch(String name) {
        return Path.of("scratch", name).toAbsolutePath();
    }

    /**
     * The answer to a query.
     *
     * @param rows values as {@link JsonValues} makes them
     * @param truncated whether there are more rows
     * @param asOf the moment that the rows show; null for now
     * @param engine that found them, fast or spark
     * @param notFast why it was Spark where it might have been the fast one; null where that was not asked
     */
    record Answer(
            List<ColumnType> columns,
            List<List<@Nullable Object>> rows,
            boolean truncated,
            long millis,
            @Nullable ShownMoment asOf,
            String engine,
            @Nullable String notFast) {}

    /**
     * The moment that an answer shows.
     *
     * @param at ISO 8601, UTC, with milliseconds; null where no table was read
     * @param exact whether it is the moment that was asked for
     */
    record ShownMoment(@Nullable String at, boolean exact, Map<String, ConsistentMoment.TableAt> tables) {
        static ShownMoment of(ConsistentMoment moment) {
            return new ShownMoment(
                    moment.at() == null ? null : moment.at().toString(), moment.exact(), moment.tables());
        }
    }

    /** @param type in SQL */
    record ColumnType(String name, String type) {}

    /** Runs one statement. A refusal by the engine, its end before it is done, is a {@link RefusedException}. */
    Answer run(QueryRequest request) throws InterruptedException {
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
                return watched(query, request.sql(), () -> answer(request, start, query));
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
        return sessions.close(name);
    }

    private Answer answer(QueryRequest request, long start, RunningQuery query) throws Exception {
        int maxRows = request.maxRows();
        SparkSession own = sessions.open(request.session());
        AsOfQuery.Prepared past = request.moment() == null ? null : asOf.prepare(own, request.sql(), request.moment());
        Dataset<Row> result = past == null ? own.sql(request.sql()) : past.rows();
        StructField[] fields = result.schema().fields();
        Found found = found(own, result, request, query);
        List<ColumnType> columns = new ArrayList<>();
        for (StructField field : fields) {
            columns.add(new ColumnType(field.name(), field.dataType().catalogString()));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row :
                found.rows().subList(0, Math.min(maxRows, found.rows().size()))) {
            rows.add(row);
        }
        if (request.session() == null) {
            sessions.giveBack(own, result.queryExecution().logical());
        }
        return new Answer(
                columns,
                rows,
                found.rows().size() > maxRows,
                (System.nanoTime() - start) / 1_000_000,
                past == null ? null : ShownMoment.of(past.moment()),
                found.engine(),
                found.notFast());
    }

    /** @param rows of values as {@link JsonValues} makes them */
    private record Found(
            List<List<@Nullable Object>> rows,
            String engine,
            @Nullable String notFast) {}

    private Found found(SparkSession own, Dataset<Row> result, QueryRequest request, RunningQuery query) {
        int most = request.maxRows() + 1;
        String notFast = null;
        if (request.engine() != QueryEngine.SPARK) {
            try {
                FastEngine.Tables tables =
                        fastTables.merging(request.engine() == QueryEngine.FAST ? MERGED_BYTES : MERGED_UNASKED_BYTES);
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (List<@Nullable Object> row : fast.run(own, result, most, tables, query::onCancel)) {
                    rows.add(row.stream().map(JsonValues::of).collect(Collectors.toCollection(ArrayList::new)));
                }
                return new Found(rows, "fast", null);
            } catch (NotFastException e) {
                requireGoing(query);
                if (request.engine() == QueryEngine.FAST) {
                    throw new RefusedException(
                            400,
                            "NOT_FAST",
                            "Cannot run the query on the fast engine: " + e.getMessage()
                                    + ". Run it with --engine auto.");
                }
                notFast = e.getMessage();
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Row row : result.limit(most).collectAsList()) {
            rows.add(JsonValues.list(row));
        }
        return new Found(rows, "spark", notFast);
    }

    /** How many rows a table has now. */
    long count(CatalogTable table, Duration patience) {
        String sql = "SELECT count(*) FROM `" + table.database() + "`.`" + table.table() + "`";
        RunningQuery query =
                new RunningQuery(session.sparkContext(), UUID.randomUUID().toString(), patience, null);
        return watched(query, sql, () -> {
            Dataset<Row> result = session.sql(sql);
            try {
                // With what has been merged already: to merge for a number alone would take longer than Spark does.
                Object count = fast.run(session, result, 1, fastTables.merging(0), query::onCancel)
                        .get(0)
                        .get(0);
                return ((Number) Objects.requireNonNull(count)).longValue();
            } catch (NotFastException e) {
                requireGoing(query);
                return result.head().getLong(0);
            }
        });
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private <T> T watched(RunningQuery query, String sql, Work<T> work) {
        query.adoptThread();
        ScheduledFuture<?> watch =
                clock.scheduleWithFixedDelay(query::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        try {
            requireGoing(query);
            return work.run();
        } catch (RefusedException e) {
            throw e;
        } catch (Exception e) { // Scala does not declare what it throws: AnalysisException is a checked one.
            requireGoing(query);
            throw refusal(e, sql);
        } finally {
            watch.cancel(false);
            query.releaseThread();
        }
    }

    private static void requireGoing(RunningQuery query) {
        RefusedException end = query.end();
        if (end != null) {
            throw end;
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

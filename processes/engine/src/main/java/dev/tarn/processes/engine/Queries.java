package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.ConsistentMoment;
import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.Moment;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Runs SQL with a limit on rows and on time, several queries at once. */
final class Queries {
    private static final int AT_ONCE = 8;
    private static final long CANCEL_AGAIN_MILLIS = 500;

    private final SparkSession session;
    private final AsOfQuery asOf;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "query-clock");
        thread.setDaemon(true);
        return thread;
    });

    Queries(SparkSession session, LakeAsOf lake) {
        this.session = session;
        this.asOf = new AsOfQuery(lake);
    }

    /**
     * The answer to a query.
     *
     * @param rows values as {@link JsonValues} makes them
     * @param truncated whether there are more rows
     * @param asOf the moment that the rows show; null for now
     */
    record Answer(
            List<ColumnType> columns,
            List<List<@Nullable Object>> rows,
            boolean truncated,
            long millis,
            @Nullable ShownMoment asOf) {}

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

    /**
     * Runs one statement. A refusal by the engine, or a time-out, is a {@link RefusedException}.
     *
     * @param moment at which its tables are read; null for now
     */
    Answer run(String sql, int maxRows, Duration patience, @Nullable Moment moment) throws InterruptedException {
        long start = System.nanoTime();
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new RefusedException(
                    503, "QUERIES", "Cannot run the query: " + AT_ONCE + " others run. Try again when one has ended.");
        }
        try {
            return timed(patience, sql, () -> answer(sql, maxRows, moment, start));
        } finally {
            places.release();
        }
    }

    /** Runs work of the engine's own under the same limits. What it refuses stays as it is. */
    <T> T limited(Duration patience, Supplier<T> work) throws InterruptedException {
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new RefusedException(
                    503, "QUERIES", "Cannot compare: " + AT_ONCE + " queries run. Try again when one has ended.");
        }
        try {
            return timed(patience, "", work::get);
        } finally {
            places.release();
        }
    }

    private Answer answer(String sql, int maxRows, @Nullable Moment moment, long start) throws Exception {
        // A session of its own: what one statement sets or uses is not seen by the next.
        SparkSession own = session.newSession();
        own.conf().set("spark.sql.datetime.java8API.enabled", true);
        AsOfQuery.Prepared past = moment == null ? null : asOf.prepare(own, sql, moment);
        Dataset<Row> result = past == null ? own.sql(sql) : past.rows();
        StructField[] fields = result.schema().fields();
        List<Row> found = result.limit(maxRows + 1).collectAsList();
        List<ColumnType> columns = new ArrayList<>();
        for (StructField field : fields) {
            columns.add(new ColumnType(field.name(), field.dataType().catalogString()));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Row row : found.subList(0, Math.min(maxRows, found.size()))) {
            rows.add(JsonValues.list(row));
        }
        return new Answer(
                columns,
                rows,
                found.size() > maxRows,
                (System.nanoTime() - start) / 1_000_000,
                past == null ? null : ShownMoment.of(past.moment()));
    }

    /** How many rows a table has now. */
    long count(CatalogTable table, Duration patience) {
        String sql = "SELECT count(*) FROM `" + table.database() + "`.`" + table.table() + "`";
        return timed(patience, sql, () -> session.sql(sql).head().getLong(0));
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private <T> T timed(Duration patience, String sql, Work<T> work) {
        SparkContext spark = session.sparkContext();
        String tag = "tarn-" + UUID.randomUUID();
        AtomicBoolean late = new AtomicBoolean();
        spark.addJobTag(tag);
        spark.setInterruptOnCancel(true);
        // Again and again: a query may start one job after another.
        ScheduledFuture<?> alarm = clock.scheduleWithFixedDelay(
                () -> {
                    late.set(true);
                    spark.cancelJobsWithTag(tag);
                },
                patience.toMillis(),
                CANCEL_AGAIN_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } catch (RefusedException e) {
            throw e;
        } catch (Exception e) { // Scala does not declare what it throws: AnalysisException is a checked one.
            throw late.get()
                    ? new RefusedException(
                            504,
                            "QUERY_TIMEOUT",
                            "Cannot finish the query within " + patience.toSeconds() + " s: it was cancelled.")
                    : new RefusedException(400, "SQL", ErrorText.of(e, sql));
        } finally {
            alarm.cancel(false);
            spark.removeJobTag(tag);
        }
    }
}

package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.duckdb.FastEngine;
import dev.tarn.processes.engine.duckdb.FastPlan;
import dev.tarn.processes.engine.duckdb.NotFastException;
import dev.tarn.processes.engine.merged.MergedSlices;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the rows of a query: on the fast engine where it gives the same answer, else on Spark. */
final class TwoEngines {
    private static final Logger LOG = LoggerFactory.getLogger(TwoEngines.class);

    private static final Duration SESSION_IDLE = Duration.ofHours(1);
    private static final long KEPT_BYTES = 2L << 30;
    // Of logs, and of base files that are merged with them. With more, Spark is done earlier: it reads only the columns
    // that it needs, and writes none.
    private static final long MERGED_UNASKED_BYTES = 64L << 20;
    private static final long MERGED_BYTES = 1L << 30;

    private final AsOfQuery asOf;
    private final SqlSessions sessions;
    private final PlannedQueries planned;
    private final FastEngine fast = new FastEngine(scratch("duckdb"));
    private final FastTables fastTables;

    TwoEngines(SparkSession session, LakeAsOf lake, LakeTables tables, PlannedQueries planned) {
        this.asOf = new AsOfQuery(lake);
        this.sessions = new SqlSessions(session, SESSION_IDLE);
        this.planned = planned;
        this.fastTables = new FastTables(
                tables, new MergedSlices(session, Path.of("merged").toAbsolutePath(), scratch("merge"), KEPT_BYTES));
    }

    private static Path scratch(String name) {
        return Path.of("scratch", name).toAbsolutePath();
    }

    /** Says whether there was one. */
    boolean closeSession(String name) {
        return sessions.close(name);
    }

    /** The one number that a query of the engine's own counts. */
    long count(SparkSession session, String sql, RunningQuery query) {
        Dataset<Row> result = session.sql(sql);
        try {
            // With what has been merged already: to merge for a number alone would take longer than Spark does.
            Object count = fast.run(fast.plan(session, result), 1, fastTables.merging(0), query::onCancel)
                    .rows()
                    .get(0)
                    .get(0);
            return ((Number) Objects.requireNonNull(count)).longValue();
        } catch (NotFastException e) {
            query.requireGoing();
            return result.head().getLong(0);
        }
    }

    /**
     * Gives the rows of a query of the engine's own on, each in the place of the one before, if the fast engine runs it.
     *
     * @return whether it has; if not, some rows may have been given on
     */
    boolean eachFast(SparkSession session, Dataset<Row> query, Consumer<InternalRow> rows) {
        try {
            fast.each(fast.plan(session, query), fastTables.merging(MERGED_BYTES), rows);
            return true;
        } catch (NotFastException e) {
            LOG.info("Rows are read by Spark: {}", e.getMessage());
            return false;
        }
    }

    /** @param start when it was asked, by the clock of nanoseconds */
    QueryAnswer answer(QueryRequest request, long start, RunningQuery query) throws Exception {
        Found found = again(request, query);
        return found == null ? anew(request, start, query) : found.answer(request, start, null);
    }

    /** The rows of a query that has been asked before; null if it has not, or would not mean the same. */
    private @Nullable Found again(QueryRequest request, RunningQuery query) {
        PlannedQueries.Planned known = isRepeatable(request) ? planned.find(request.sql()) : null;
        if (known == null) {
            return null;
        }
        try {
            FastEngine.Found found =
                    fast.run(known.plan(), request.maxRows() + 1, tables(request.engine()), query::onCancel);
            if (found.lasts()) {
                return new Found(known.fields(), values(found), "fast", null, null);
            }
        } catch (NotFastException e) {
            query.requireGoing();
        }
        planned.forget(request.sql());
        return null;
    }

    private static boolean isRepeatable(QueryRequest request) {
        return request.session() == null && request.moment() == null && request.engine() != QueryEngine.SPARK;
    }

    private QueryAnswer anew(QueryRequest request, long start, RunningQuery query) throws Exception {
        Object catalog = planned.catalog();
        SparkSession own = sessions.open(request.session());
        AsOfQuery.Prepared past = request.moment() == null ? null : asOf.prepare(own, request.sql(), request.moment());
        Dataset<Row> result = past == null ? own.sql(request.sql()) : past.rows();
        Found found = found(own, result, request, query);
        boolean asNew = request.session() == null
                && sessions.giveBack(own, result.queryExecution().logical());
        FastPlan plan = found.lasting();
        if (asNew && isRepeatable(request) && plan != null && catalog != null) {
            planned.remember(request.sql(), result.queryExecution().analyzed(), catalog, found.fields(), plan);
        }
        return found.answer(request, start, past == null ? null : QueryAnswer.ShownMoment.of(past.moment()));
    }

    /**
     * What a query has found.
     *
     * @param rows of values as {@link JsonValues} makes them, one more than was asked for if there are more
     * @param lasting the plan of the fast engine, if the query may be run again by it
     */
    private record Found(
            List<StructField> fields,
            List<List<@Nullable Object>> rows,
            String engine,
            @Nullable String notFast,
            @Nullable FastPlan lasting) {
        QueryAnswer answer(QueryRequest request, long start, QueryAnswer.@Nullable ShownMoment moment) {
            boolean truncated = rows.size() > request.maxRows();
            return new QueryAnswer(
                    fields.stream().map(QueryAnswer.ColumnType::of).toList(),
                    truncated ? rows.subList(0, request.maxRows()) : rows,
                    truncated,
                    (System.nanoTime() - start) / 1_000_000,
                    moment,
                    engine,
                    notFast);
        }
    }

    private FastEngine.Tables tables(QueryEngine engine) {
        return fastTables.merging(engine == QueryEngine.FAST ? MERGED_BYTES : MERGED_UNASKED_BYTES);
    }

    private static List<List<@Nullable Object>> values(FastEngine.Found found) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : found.rows()) {
            rows.add(row.stream().map(JsonValues::of).collect(Collectors.toCollection(ArrayList::new)));
        }
        return rows;
    }

    private Found found(SparkSession own, Dataset<Row> result, QueryRequest request, RunningQuery query) {
        int most = request.maxRows() + 1;
        List<StructField> fields = List.of(result.schema().fields());
        String notFast = null;
        if (request.engine() != QueryEngine.SPARK) {
            try {
                FastPlan plan = fast.plan(own, result);
                FastEngine.Found found = fast.run(plan, most, tables(request.engine()), query::onCancel);
                return new Found(fields, values(found), "fast", null, found.lasts() ? plan : null);
            } catch (NotFastException e) {
                query.requireGoing();
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
        return new Found(fields, rows, "spark", notFast, null);
    }
}

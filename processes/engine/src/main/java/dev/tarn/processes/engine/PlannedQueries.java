package dev.tarn.processes.engine;

import dev.tarn.processes.engine.duckdb.FastPlan;
import dev.tarn.processes.engine.recent.Recent;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.catalyst.trees.TreePattern$;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.PartialFunction;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Queries of the fast engine that are asked again in the same words, as charts and checks do: for most, Spark takes longer to find out
 * what one means than the fast engine to answer it. Holds for sessions that are as new, and until anything is changed in
 * the catalog.
 */
final class PlannedQueries {
    private static final int MOST = 200;

    /**
     * Words by which a query may mean something else tomorrow: moments that Spark puts in while it resolves, as in
     * {@code DATE 'today'} and {@code TIMESTAMP AS OF current_date()}, and views that any session may replace.
     */
    private static final Pattern PASSING = Pattern.compile(
            "current_|curdate|localtimestamp|unix_timestamp|now|today|tomorrow|yesterday|global_temp",
            Pattern.CASE_INSENSITIVE);

    private static final PartialFunction<LogicalPlan, String> VIEW_TEXTS = new AbstractPartialFunction<>() {
        @Override
        public boolean isDefinedAt(LogicalPlan node) {
            return node instanceof View;
        }

        @Override
        public String apply(LogicalPlan node) {
            return ((View) node).desc().viewText().getOrElse(() -> "");
        }
    };

    private final Supplier<? extends @Nullable Object> catalogState;
    private final Map<String, Planned> bySql = Recent.map(MOST);

    /**
     * A query that has been run.
     *
     * @param catalog the state of the catalog for which it was planned
     * @param fields of its rows
     */
    record Planned(Object catalog, List<StructField> fields, FastPlan plan) {}

    /** @param catalogState gives another object after each change of the catalog; null if that is not known */
    PlannedQueries(Supplier<? extends @Nullable Object> catalogState) {
        this.catalogState = catalogState;
    }

    /** To be asked before a query is planned that may be remembered. */
    @Nullable
    Object catalog() {
        return catalogState.get();
    }

    /** The plan of a query, if it is known and what it was made of is as it was. */
    @Nullable
    Planned find(String sql) {
        Planned planned = bySql.get(sql);
        return planned != null && planned.catalog() == catalog() ? planned : null;
    }

    /**
     * Remembers a query, unless it means something else the next time.
     *
     * @param catalog what {@link #catalog} said before it was planned
     */
    void remember(String sql, LogicalPlan analyzed, Object catalog, List<StructField> fields, FastPlan plan) {
        if (isLasting(sql, analyzed)) {
            bySql.put(sql, new Planned(catalog, fields, plan));
        }
    }

    void forget(String sql) {
        bySql.remove(sql);
    }

    private static boolean isLasting(String sql, LogicalPlan analyzed) {
        // Spark puts the moment in their place: current_timestamp(), current_user().
        if (analyzed.containsPattern(TreePattern$.MODULE$.CURRENT_LIKE())
                || PASSING.matcher(sql).find()) {
            return false;
        }
        return JavaConverters.seqAsJavaList(analyzed.collectWithSubqueries(VIEW_TEXTS)).stream()
                .noneMatch(text -> PASSING.matcher(text).find());
    }
}

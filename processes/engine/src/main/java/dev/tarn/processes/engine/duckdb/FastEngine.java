package dev.tarn.processes.engine.duckdb;

import dev.tarn.processes.engine.recent.Recent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.hudi.HoodieSqlCommonUtils;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.PartialFunction;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Runs queries on DuckDB that mean the same there. Spark parses, resolves and optimizes a query, as it does its own; the
 * plan that comes out is written in DuckDB's SQL, over the Parquet files that hold the tables' rows.
 */
public final class FastEngine {
    private static final Logger LOG = LoggerFactory.getLogger(FastEngine.class);

    private static final String AS_OF = "as.of.instant";
    private static final int TABLES = 1_000;

    private final DuckDb duckdb;
    /** By what the catalog says of a table: to read one, if only to compare, takes as long as half a query. */
    private final Map<CatalogTable, Map<String, String>> plainOptions = Recent.map(TABLES);

    /** Where the rows of a table lie. */
    public interface Tables {
        /**
         * The Parquet files that hold all rows of the table.
         *
         * @param instant right after which; null for now
         * @param isCancelled is asked now and then; if it is so, this fails
         * @throws NotFastException if there are no such files, and none can be made
         */
        TableParquet open(CatalogTable table, @Nullable String instant, BooleanSupplier isCancelled)
                throws NotFastException;
    }

    /** @param scratch a folder for what does not fit into memory */
    public FastEngine(Path scratch) {
        this.duckdb = new DuckDb(scratch);
    }

    /**
     * A query as it will be run.
     *
     * @param query as Spark has analyzed it
     * @throws NotFastException if DuckDB does not run it, or not with the same meaning
     */
    public FastPlan plan(SparkSession session, Dataset<Row> query) throws NotFastException {
        // Not what was analyzed: a command in there would be run once more.
        LogicalPlan asked = query.queryExecution().commandExecuted();
        LogicalPlan plan = Dataset.ofRows(session, overTables(session, asked))
                .queryExecution()
                .optimizedPlan();
        // Before anything is merged for a query that goes to Spark anyway.
        new PlanSql(leaf -> List.of()).of(plan, 0);
        return new FastPlan(plan);
    }

    /**
     * The rows of a query.
     *
     * @param rows of values as Spark's rows have them
     * @param lasts whether the tables have the very columns for which it was planned. If so, it may be run again; if not, and it
     *     was planned a while ago, its rows do not count.
     */
    public record Found(List<List<@Nullable Object>> rows, boolean lasts) {}

    /**
     * Runs a query over the rows that its tables have now.
     *
     * @param mostRows are returned
     * @param cancel is told how to end the query from another thread
     * @throws NotFastException if the tables are not in files that DuckDB reads as Spark does, or DuckDB has failed
     */
    public Found run(FastPlan fast, int mostRows, Tables tables, Consumer<Runnable> cancel) throws NotFastException {
        LogicalPlan plan = fast.plan();
        AtomicBoolean cancelled = new AtomicBoolean();
        cancel.accept(() -> cancelled.set(true));
        try (OpenTables open = new OpenTables(tables, cancelled::get)) {
            String sql = new PlanSql(leaf -> files(open.of(leaf))).of(plan, mostRows);
            return new Found(duckdb.run(sql, PlanSql.types(plan), cancel), open.areAsPlanned);
        } catch (SQLException | LinkageError e) {
            throw failed(e);
        }
    }

    /**
     * Gives all rows of a query on, each in the place of the one before.
     *
     * @param rows has had some of them if this fails
     * @throws NotFastException as {@link #run} does
     */
    public void each(FastPlan fast, Tables tables, Consumer<InternalRow> rows) throws NotFastException {
        LogicalPlan plan = fast.plan();
        List<DataType> types = PlanSql.types(plan);
        @Nullable Object[] values = new Object[types.size()];
        InternalRow row = new GenericInternalRow(values);
        try (OpenTables open = new OpenTables(tables, () -> false)) {
            duckdb.each(new PlanSql(leaf -> files(open.of(leaf))).of(plan), found -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = DuckTypes.readInternal(found, i + 1, types.get(i));
                }
                rows.accept(row);
            });
        } catch (SQLException | LinkageError e) {
            throw failed(e);
        }
    }

    private static NotFastException failed(Throwable e) {
        // A number that is too large, or memory: Spark gives the answer, or a message for people.
        LOG.info("The fast engine gives up: {}", e.getMessage());
        return new NotFastException("DuckDB could not run it: " + firstLine(e));
    }

    private List<PlanSql.FileSet> files(TableParquet table) throws NotFastException {
        List<PlanSql.FileSet> sets = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (TableParquet.Changed each : table.changed()) {
            String base = each.base();
            if (base != null) {
                changed.add(base);
                sets.add(new PlanSql.FileSet(
                        List.of(base),
                        columns(List.of(base)),
                        " ANTI JOIN (SELECT " + TableParquet.KEY + " FROM read_parquet("
                                + DuckTypes.texts(List.of(each.changes())) + ")) AS gone USING (" + TableParquet.KEY
                                + ")"));
            }
        }
        if (!table.changed().isEmpty()) {
            List<String> changes =
                    table.changed().stream().map(TableParquet.Changed::changes).toList();
            sets.add(new PlanSql.FileSet(changes, columns(changes), " WHERE " + TableParquet.COMMIT + " IS NOT NULL"));
        }
        if (!changed.isEmpty()) {
            // Files of different times, whether they are read at once or each for itself: no column may have two types.
            columns(Stream.concat(table.base().stream(), changed.stream()).toList());
        }
        for (List<String> paths : List.of(table.base(), table.merged())) {
            if (!paths.isEmpty()) {
                sets.add(new PlanSql.FileSet(paths, columns(paths), ""));
            }
        }
        return sets;
    }

    private Map<String, String> columns(List<String> paths) throws NotFastException {
        try {
            return duckdb.columns(paths);
        } catch (SQLException e) {
            throw new NotFastException("DuckDB could not read the files: " + firstLine(e));
        }
    }

    /** The tables of one query. One that it reads twice is the same both times. */
    private static final class OpenTables implements AutoCloseable {
        private final Tables tables;
        private final BooleanSupplier isCancelled;
        private final Map<String, TableParquet> open = new HashMap<>();
        private boolean areAsPlanned = true;

        OpenTables(Tables tables, BooleanSupplier isCancelled) {
            this.tables = tables;
            this.isCancelled = isCancelled;
        }

        TableParquet of(TableLeaf leaf) throws NotFastException {
            String key = leaf.table().identifier().unquotedString() + " " + leaf.instant();
            TableParquet found = open.get(key);
            if (found == null) {
                found = tables.open(leaf.table(), leaf.instant(), isCancelled);
                open.put(key, found);
                areAsPlanned &= leaf.hasColumns(found.columns().get());
            }
            return found;
        }

        @Override
        public void close() {
            open.values().forEach(TableParquet::close);
        }
    }

    private static String firstLine(Throwable fault) {
        // The driver begins with words about itself, and ends with the statement, which nobody has written.
        String message = String.valueOf(fault.getMessage()).replaceFirst("(?s)^.*?\nError: ", "");
        return message.lines().findFirst().orElse(fault.getClass().getSimpleName());
    }

    private LogicalPlan overTables(SparkSession session, LogicalPlan plan) throws NotFastException {
        NotFastException[] refused = new NotFastException[1];
        PartialFunction<LogicalPlan, LogicalPlan> rule = new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node instanceof LeafNode && !(node instanceof OneRowRelation || node instanceof CTERelationRef);
            }

            @Override
            public LogicalPlan apply(LogicalPlan leaf) {
                try {
                    return tableLeaf(session, leaf);
                } catch (NotFastException e) {
                    refused[0] = e;
                    return leaf;
                }
            }
        };
        LogicalPlan over = (LogicalPlan) plan.transformUpWithSubqueries(rule);
        if (refused[0] != null) {
            throw refused[0];
        }
        return over;
    }

    /**
     * The instant at which a table is read; null for now. Refuses other views of it than those that show its rows right after
     * an instant, such as what changed since.
     */
    private @Nullable String instant(SparkSession session, LogicalRelation relation, CatalogTable table)
            throws NotFastException {
        for (String key : JavaConverters.mapAsJavaMap(session.conf().getAll()).keySet()) {
            if (key.startsWith("hoodie.") && !session.sparkContext().conf().contains(key)) {
                throw new NotFastException("the session has set " + key);
            }
        }
        Map<String, String> plain = plainOptions(session, table);
        if (plain != null && relation.relation() instanceof HadoopFsRelation files) {
            Map<String, String> options = new HashMap<>(JavaConverters.mapAsJavaMap(files.options()));
            String asOf = options.remove(AS_OF);
            if (options.equals(plain)) {
                return asOf == null ? null : HoodieSqlCommonUtils.formatQueryInstant(asOf);
            }
        }
        throw new NotFastException(
                "'" + table.identifier().unquotedString() + "' is read otherwise than as it is now, or was");
    }

    /** With which the table is read by its name alone; null where it is not read from files. */
    private @Nullable Map<String, String> plainOptions(SparkSession session, CatalogTable table) {
        Map<String, String> known = plainOptions.get(table);
        if (known == null
                && session.table(table.identifier().quotedString())
                                .queryExecution()
                                .analyzed()
                                .collectLeaves()
                                .head()
                        instanceof LogicalRelation now
                && now.relation() instanceof HadoopFsRelation files) {
            known = Map.copyOf(JavaConverters.mapAsJavaMap(files.options()));
            plainOptions.put(table, known);
        }
        return known;
    }

    private LogicalPlan tableLeaf(SparkSession session, LogicalPlan leaf) throws NotFastException {
        if (!(leaf instanceof LogicalRelation relation)
                || relation.isStreaming()
                || relation.catalogTable().isEmpty()) {
            throw new NotFastException("'" + leaf.nodeName() + "' is no table of the lake");
        }
        CatalogTable table = relation.catalogTable().get();
        TableLeaf over = new TableLeaf(
                session.sqlContext(), relation.relation().schema(), table, instant(session, relation, table));
        // Without its name in the catalog: rules for Hudi's tables would look for its files again.
        return relation.copy(over, relation.output(), Option.empty(), false);
    }
}

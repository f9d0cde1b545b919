package dev.tarn.processes.engine.duckdb;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
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

    private final DuckDb duckdb;

    /** Where the rows of a table lie. */
    public interface Tables {
        /**
         * The Parquet files that hold all rows of the table, each once.
         *
         * @throws NotFastException if there are no such files
         */
        List<String> files(CatalogTable table) throws NotFastException;
    }

    /** @param scratch a folder for what does not fit into memory */
    public FastEngine(Path scratch) {
        this.duckdb = new DuckDb(scratch);
    }

    /**
     * The rows of a query, values as Spark's rows have them.
     *
     * @param query as Spark has analyzed it
     * @param mostRows are returned
     * @param cancel is told how to end the query from another thread
     * @throws NotFastException if DuckDB does not run it, or not with the same meaning, or has failed
     */
    public List<List<@Nullable Object>> run(
            SparkSession session, Dataset<Row> query, int mostRows, Tables tables, Consumer<Runnable> cancel)
            throws NotFastException {
        // Not what was analyzed: a command in there would be run once more.
        LogicalPlan asked = query.queryExecution().commandExecuted();
        LogicalPlan plan = Dataset.ofRows(session, overFiles(session, asked, tables))
                .queryExecution()
                .optimizedPlan();
        String sql = PlanSql.of(plan, mostRows);
        List<DataType> types = PlanSql.types(plan);
        try {
            for (BaseFiles files : PlanSql.leaves(plan)) {
                duckdb.requireOneTypeOfEachColumn(files.paths());
            }
            return duckdb.run(sql, types, cancel);
        } catch (SQLException | LinkageError e) {
            // A number that is too large, or memory: Spark gives the answer, or a message for people.
            LOG.info("The fast engine gives up: {}", e.getMessage());
            throw new NotFastException("DuckDB could not run it: " + firstLine(e));
        }
    }

    private static String firstLine(Throwable fault) {
        // The driver begins with words about itself, and ends with the statement, which nobody has written.
        String message = String.valueOf(fault.getMessage()).replaceFirst("(?s)^.*?\nError: ", "");
        return message.lines().findFirst().orElse(fault.getClass().getSimpleName());
    }

    private static LogicalPlan overFiles(SparkSession session, LogicalPlan plan, Tables tables)
            throws NotFastException {
        NotFastException[] refused = new NotFastException[1];
        PartialFunction<LogicalPlan, LogicalPlan> rule = new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node instanceof LeafNode && !(node instanceof OneRowRelation || node instanceof CTERelationRef);
            }

            @Override
            public LogicalPlan apply(LogicalPlan leaf) {
                try {
                    return fileLeaf(session, leaf, tables);
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

    /** Refuses another view of a table than that of now, such as TIMESTAMP AS OF, or what changed since. */
    private static void requireAsItIs(SparkSession session, LogicalRelation relation, CatalogTable table)
            throws NotFastException {
        for (String key : JavaConverters.mapAsJavaMap(session.conf().getAll()).keySet()) {
            if (key.startsWith("hoodie.") && !session.sparkContext().conf().contains(key)) {
                throw new NotFastException("the session has set " + key);
            }
        }
        LogicalPlan plain = session.table(table.identifier().quotedString())
                .queryExecution()
                .analyzed()
                .collectLeaves()
                .head();
        boolean asItIs = plain instanceof LogicalRelation now
                && now.relation() instanceof HadoopFsRelation plainFiles
                && relation.relation() instanceof HadoopFsRelation files
                && files.options().equals(plainFiles.options());
        if (!asItIs) {
            throw new NotFastException(
                    "'" + table.identifier().unquotedString() + "' is read otherwise than as it is now");
        }
    }

    private static LogicalPlan fileLeaf(SparkSession session, LogicalPlan leaf, Tables tables) throws NotFastException {
        if (!(leaf instanceof LogicalRelation relation)
                || relation.isStreaming()
                || relation.catalogTable().isEmpty()) {
            throw new NotFastException("'" + leaf.nodeName() + "' is no table of the lake");
        }
        CatalogTable table = relation.catalogTable().get();
        requireAsItIs(session, relation, table);
        BaseFiles files =
                new BaseFiles(session.sqlContext(), relation.relation().schema(), tables.files(table));
        // Without its name in the catalog: rules for Hudi's tables would look for its files again.
        return relation.copy(files, relation.output(), Option.empty(), false);
    }
}

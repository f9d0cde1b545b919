package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.ConsistentMoment;
import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.LakeAsOf.MirroredTable;
import dev.tarn.processes.engine.asof.Moment;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.PartialFunction;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * A query at a moment of the past. Spark finds out which tables it reads, through views and subqueries too; then each of
 * them is read as of the commit that stands for the moment, as {@code TIMESTAMP AS OF} would.
 */
final class AsOfQuery {
    private static final String AS_OF = "as.of.instant";

    private final LakeAsOf lake;

    AsOfQuery(LakeAsOf lake) {
        this.lake = lake;
    }

    /** The rows, not computed yet, and the moment that they show. */
    record Prepared(Dataset<Row> rows, ConsistentMoment moment) {}

    Prepared prepare(SparkSession session, String sql, Moment wanted) throws Exception {
        LogicalPlan parsed = session.sessionState().sqlParser().parsePlan(sql);
        LogicalPlan plan = session.sessionState()
                .executePlan(parsed, session.sessionState().executePlan$default$2())
                .analyzed();
        Map<String, MirroredTable> tables = new LinkedHashMap<>();
        rewrite(plan, leaf -> {
            CatalogTable table = table(leaf);
            if (table != null) {
                tables.put(table.identifier().unquotedString(), describe(table));
            }
            return leaf;
        });
        ConsistentMoment moment = lake.find(wanted, tables.values());
        LogicalPlan past = rewrite(plan, leaf -> {
            CatalogTable table = table(leaf);
            return table == null
                    ? leaf
                    : asOf(
                            session,
                            (LogicalRelation) leaf,
                            table,
                            moment.of(describe(table).name()).instant());
        });
        return new Prepared(Dataset.ofRows(session, past), moment);
    }

    /** The table of the lake that a leaf of the plan reads as of now; null for one that reads none. */
    private static @Nullable CatalogTable table(LogicalPlan leaf) {
        if (leaf instanceof LogicalRelation relation) {
            CatalogTable table = relation.catalogTable().getOrElse(() -> null);
            boolean hudi = table != null
                    && "hudi".equals(table.provider().getOrElse(() -> ""))
                    && table.storage().locationUri().isDefined();
            if (!hudi) {
                throw withoutHistory(
                        table == null
                                ? "files by their path"
                                : "table '" + table.identifier().unquotedString() + "'");
            }
            return isAsOfAlready(relation.relation()) ? null : table;
        }
        if (leaf.getClass().getSimpleName().equals("DataSourceV2Relation")
                || leaf.getClass().getSimpleName().equals("HiveTableRelation")) {
            throw withoutHistory("what " + leaf.simpleStringWithNodeId() + " reads");
        }
        return null;
    }

    private static RefusedException withoutHistory(String what) {
        return new RefusedException(
                400,
                "AS_OF",
                "Cannot read " + what + " as of a moment: it is no Hudi table and keeps no history. Take it out of the"
                        + " query, or run the query without --as-of.");
    }

    private static boolean isAsOfAlready(BaseRelation relation) {
        return relation instanceof HadoopFsRelation files && files.options().contains(AS_OF);
    }

    private static MirroredTable describe(CatalogTable table) {
        Map<String, String> properties = JavaConverters.mapAsJavaMap(table.properties());
        String name = table.database() + "." + table.identifier().table();
        if ("true".equals(table.storage().properties().getOrElse("hoodie.query.as.ro.table", () -> ""))
                && "mor".equals(properties.get("type"))) {
            throw new RefusedException(
                    400,
                    "AS_OF",
                    "Cannot read '" + name
                            + "' as of a moment: it shows what compaction has merged, which is no moment of"
                            + " the source. Query " + name.replaceFirst("_ro$", "") + " instead.");
        }
        return new MirroredTable(
                name.replaceFirst("_rt$", ""),
                new Path(table.location()).toString(),
                properties.getOrDefault("tarn.source", ""));
    }

    // As Hudi's own rule for TIMESTAMP AS OF does it (HoodieSparkBaseAnalysis).
    private static LogicalPlan asOf(SparkSession session, LogicalRelation now, CatalogTable table, String instant) {
        scala.collection.immutable.Map<String, String> options = table.storage()
                .properties()
                .$plus(new Tuple2<>("path", new Path(table.location()).toString()))
                .$plus(new Tuple2<>(AS_OF, instant));
        Option<StructType> schema = table.schema().isEmpty() ? Option.empty() : Option.apply(table.schema());
        DataSource source = new DataSource(
                session,
                "hudi",
                DataSource.apply$default$3(),
                schema,
                table.partitionColumnNames(),
                table.bucketSpec(),
                options,
                Option.apply(table));
        BaseRelation relation = source.resolveRelation(false);
        return now.copy(relation, now.output(), now.catalogTable(), now.isStreaming());
    }

    private static LogicalPlan rewrite(LogicalPlan plan, UnaryOperator<LogicalPlan> leaves) {
        PartialFunction<LogicalPlan, LogicalPlan> rule = new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node instanceof LeafNode || node instanceof Command;
            }

            @Override
            public LogicalPlan apply(LogicalPlan node) {
                if (node instanceof Command) {
                    throw new RefusedException(
                            400,
                            "AS_OF",
                            "Cannot run this statement as of a moment: it is no query. Run it without --as-of.");
                }
                return leaves.apply(node);
            }
        };
        return (LogicalPlan) plan.transformUpWithSubqueries(rule);
    }
}

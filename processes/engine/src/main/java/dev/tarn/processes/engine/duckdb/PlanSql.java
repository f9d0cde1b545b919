package dev.tarn.processes.engine.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** A plan of Spark's optimizer in DuckDB's SQL, node by node. */
final class PlanSql {
    private static final String ROWS = " AS t";

    private final Sources sources;

    /** What the leaves of the plan are read from. */
    interface Sources {
        /** The sets of files that hold all rows of the table, each with columns of its own. */
        List<FileSet> of(TableLeaf leaf) throws NotFastException;
    }

    /**
     * Files that hold rows.
     *
     * @param columns in small letters, and how Parquet keeps their values
     * @param condition the end of a FROM clause over these files, by which some rows do not count; empty if all do
     */
    record FileSet(List<String> paths, Map<String, String> columns, String condition) {}

    PlanSql(Sources sources) {
        this.sources = sources;
    }

    /** @param mostRows are asked for */
    String of(LogicalPlan plan, int mostRows) throws NotFastException {
        return readable(plan, query(plan).limited(mostRows));
    }

    /** All rows. */
    String of(LogicalPlan plan) throws NotFastException {
        return readable(plan, query(plan));
    }

    private static String readable(LogicalPlan plan, DuckQuery query) throws NotFastException {
        List<String> items = new ArrayList<>();
        for (Attribute attribute : output(plan)) {
            items.add(DuckTypes.readable(ExpressionSql.of(attribute), attribute.dataType()));
        }
        // With a limit its order stays, and DuckDB gives rows on in the order in which they come.
        return new DuckQuery(items, query.asRows() + ROWS).sql();
    }

    static List<DataType> types(LogicalPlan plan) {
        return output(plan).stream().map(Attribute::dataType).toList();
    }

    private static List<Attribute> output(LogicalPlan plan) {
        return JavaConverters.seqAsJavaList(plan.output());
    }

    private DuckQuery query(LogicalPlan plan) throws NotFastException {
        if (plan instanceof LogicalRelation relation && relation.relation() instanceof TableLeaf leaf) {
            return rows(relation, leaf);
        } else if (plan instanceof Project project) {
            return project(project);
        } else if (plan instanceof Filter filter) {
            DuckQuery rows = query(filter.child());
            return new DuckQuery(List.of("*"), rows.asRows() + ROWS + " WHERE " + ExpressionSql.of(filter.condition()));
        } else if (plan instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        } else if (plan instanceof Join join) {
            return join(join);
        } else if (plan instanceof Sort sort && sort.global()) {
            return new DuckQuery(List.of("*"), query(sort.child()).asRows() + ROWS).ordered(order(sort.order()));
        } else if (plan instanceof GlobalLimit limit) {
            return limit(limit);
        } else if (plan instanceof LocalLimit limit) {
            // What the limit around it does anyway, earlier.
            return query(limit.child());
        } else if (plan instanceof Union union) {
            return union(union);
        } else if (plan instanceof OneRowRelation) {
            return new DuckQuery(List.of("1"), "(VALUES (1))" + ROWS);
        }
        throw new NotFastException("'" + plan.nodeName() + "' is not among what both engines do alike");
    }

    private DuckQuery rows(LogicalRelation relation, TableLeaf leaf) throws NotFastException {
        List<String> parts = new ArrayList<>();
        for (FileSet files : sources.of(leaf)) {
            // Columns are in the files; what folders are named says nothing more. Older files may lack newer columns.
            parts.add(new DuckQuery(
                            items(relation, files.columns()),
                            "read_parquet(" + DuckTypes.texts(files.paths())
                                    + ", union_by_name = true, hive_partitioning = false)" + ROWS + files.condition())
                    .sql());
        }
        return parts.isEmpty()
                ? new DuckQuery(items(relation, Map.of()), "(VALUES (1))" + ROWS + " WHERE false")
                : new DuckQuery(List.of("*"), "(" + String.join(" UNION ALL ", parts) + ")" + ROWS);
    }

    private static List<String> items(LogicalRelation relation, Map<String, String> columns) throws NotFastException {
        List<String> items = new ArrayList<>();
        for (Attribute attribute : output(relation)) {
            if (DuckTypes.isKnown(attribute.dataType())) {
                String kept = columns.get(attribute.name().toLowerCase(Locale.ROOT));
                if (kept != null && !DuckTypes.isKeptAs(attribute.dataType(), kept)) {
                    throw new NotFastException(
                            "column '" + attribute.name() + "' had another type when its files were" + " written");
                }
                String column = kept == null ? "NULL" : DuckTypes.quoted(attribute.name());
                items.add("CAST(" + column + " AS " + DuckTypes.name(attribute.dataType()) + ") AS "
                        + ExpressionSql.name(attribute));
            }
        }
        if (items.isEmpty()) {
            throw new NotFastException("no column has a type that both engines have");
        }
        return items;
    }

    private DuckQuery project(Project project) throws NotFastException {
        List<String> items = items(project.projectList());
        DuckQuery rows = query(project.child());
        // The keys of an order may be none of the columns that are left.
        return new DuckQuery(items, rows.asRows() + ROWS).ordered(rows.order());
    }

    private static List<String> items(Seq<NamedExpression> expressions) throws NotFastException {
        List<String> items = new ArrayList<>();
        for (NamedExpression expression : JavaConverters.seqAsJavaList(expressions)) {
            items.add(ExpressionSql.item(expression));
        }
        // Of a count nothing is left but the rows.
        return items.isEmpty() ? List.of("1") : items;
    }

    private DuckQuery aggregate(Aggregate aggregate) throws NotFastException {
        List<String> keys = new ArrayList<>();
        for (Expression key : JavaConverters.seqAsJavaList(aggregate.groupingExpressions())) {
            keys.add(ExpressionSql.key(key));
        }
        DuckQuery rows = query(aggregate.child());
        return new DuckQuery(
                items(aggregate.aggregateExpressions()),
                rows.asRows() + ROWS + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys)));
    }

    private DuckQuery join(Join join) throws NotFastException {
        String type = join.joinType().sql();
        String words = switch (type) {
            case "INNER", "LEFT OUTER", "RIGHT OUTER", "FULL OUTER" -> type;
            case "CROSS" -> "INNER";
            case "LEFT SEMI" -> "SEMI";
            case "LEFT ANTI" -> "ANTI";
            default -> throw new NotFastException("a join '" + type + "' is not among what both engines do alike");
        };
        String condition =
                join.condition().isDefined() ? ExpressionSql.of(join.condition().get()) : "true";
        return new DuckQuery(
                List.of("*"),
                query(join.left()).asRows() + " AS l " + words + " JOIN "
                        + query(join.right()).asRows() + " AS r ON " + condition);
    }

    private static List<String> order(Seq<SortOrder> orders) throws NotFastException {
        List<String> keys = new ArrayList<>();
        for (SortOrder order : JavaConverters.seqAsJavaList(orders)) {
            keys.add(ExpressionSql.order(order));
        }
        return keys;
    }

    private DuckQuery limit(GlobalLimit limit) throws NotFastException {
        Long most = ExpressionSql.number(limit.limitExpr());
        if (most == null) {
            throw new NotFastException("a limit is not a number");
        }
        return query(limit.child()).limited(most);
    }

    private DuckQuery union(Union union) throws NotFastException {
        List<String> parts = new ArrayList<>();
        List<Attribute> named = output(union);
        for (LogicalPlan part : JavaConverters.seqAsJavaList(union.children())) {
            List<String> items = new ArrayList<>();
            List<Attribute> columns = output(part);
            for (int i = 0; i < named.size(); i++) {
                items.add(ExpressionSql.of(columns.get(i)) + " AS " + ExpressionSql.name(named.get(i)));
            }
            parts.add(new DuckQuery(items, query(part).asRows() + ROWS).sql());
        }
        return new DuckQuery(List.of("*"), "(" + String.join(" UNION ALL ", parts) + ")" + ROWS);
    }
}

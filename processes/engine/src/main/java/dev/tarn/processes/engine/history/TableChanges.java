package dev.tarn.processes.engine.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that changed between two of its commits, the newest version of each. Hudi's own incremental query
 * starts, depending on the table's version, from the names of instants or from the times when they were completed, fails
 * where commits are archived, and shows no row that was taken away; so rows are chosen by the commit that wrote them,
 * and those that are missing are found by their keys.
 */
public final class TableChanges {
    private static final String OPERATION = "operation";

    private final List<String> keyColumns;
    private final TableStates states;

    /**
     * What changed.
     *
     * @param operations how many rows by their last operation, most first
     * @param rows the first of them, by key
     */
    public record Answer(Map<String, Long> operations, List<ChangedRow> rows) {}

    /**
     * One row.
     *
     * @param operation as in {@link RowVersion}
     * @param instant the commit that changed it last; null for a row that was taken away, which no file of now holds
     * @param sourceTimeMillis when the source made the change, since 1970
     * @param row its columns as Spark gives them; of one that was taken away, the last before
     */
    public record ChangedRow(
            String operation,
            @Nullable String instant,
            @Nullable Long lsn,
            @Nullable Long sourceTimeMillis,
            Map<String, Object> key,
            Map<String, @Nullable Object> row) {}

    /** @param path of the table's folder */
    public TableChanges(SparkSession session, String path, List<String> keyColumns) {
        this.keyColumns = List.copyOf(keyColumns);
        this.states = new TableStates(session, path);
    }

    /**
     * Finds what changed between the states after two instants.
     *
     * @param since the state after which changes count
     * @param limit how many rows to tell; 0 for the counts alone
     */
    public Answer find(String since, String until, int limit) {
        Dataset<Row> before = states.after(since);
        Dataset<Row> after = states.after(until);
        List<String> columns =
                Arrays.stream(after.columns()).filter(TableStates::isOfTheRow).toList();
        Dataset<Row> changed = written(before, after, since, columns)
                .unionByName(removed(before, after, columns))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Map<String, Long> operations = new LinkedHashMap<>();
            changed.groupBy(OPERATION)
                    .agg(count(lit(1)).alias("rows"))
                    .orderBy(col("rows").desc(), col(OPERATION))
                    .collectAsList()
                    .forEach(row -> operations.put(row.getString(0), row.getLong(1)));
            return new Answer(operations, limit == 0 ? List.of() : rows(changed, columns, limit));
        } finally {
            changed.unpersist();
        }
    }

    private static Dataset<Row> written(Dataset<Row> before, Dataset<Row> after, String since, List<String> columns) {
        Dataset<Row> newer = after.filter(col(TableStates.INSTANT).gt(since));
        if (TableStates.has(after, TableStates.OP)) {
            Column operation = when(col(TableStates.OP).equalTo("c"), "create")
                    .when(col(TableStates.OP).equalTo("r"), "copy")
                    .when(col(TableStates.OP).equalTo("u"), "update")
                    .otherwise(col(TableStates.OP));
            if (TableStates.has(after, TableStates.DELETED)) {
                operation = when(col(TableStates.DELETED).equalTo("true"), "soft-delete")
                        .otherwise(operation);
            }
            return select(newer, operation, columns);
        }
        // Tables of other writers do not say what it was.
        Dataset<Row> known = before.select(col(TableStates.KEY).alias("known"));
        return select(
                newer.join(known, col(TableStates.KEY).equalTo(col("known")), "left_outer"),
                when(col("known").isNull(), "create").otherwise("update"),
                columns);
    }

    private static Dataset<Row> removed(Dataset<Row> before, Dataset<Row> after, List<String> columns) {
        Dataset<Row> left = after.select(col(TableStates.KEY).alias("known"));
        Dataset<Row> gone = TableStates.living(before)
                .join(left, col(TableStates.KEY).equalTo(col("known")), "left_anti")
                .drop(TableStates.INSTANT, TableStates.LSN, TableStates.SOURCE_TIME);
        for (String column : columns) {
            if (!TableStates.has(gone, column)) {
                gone = gone.withColumn(
                        column, lit(null).cast(after.schema().apply(column).dataType()));
            }
        }
        return select(gone, lit("delete"), columns);
    }

    private static Dataset<Row> select(Dataset<Row> rows, Column operation, List<String> columns) {
        return rows.select(
                operation.alias(OPERATION),
                orNull(rows, TableStates.INSTANT, DataTypes.StringType),
                orNull(rows, TableStates.LSN, DataTypes.LongType),
                orNull(rows, TableStates.SOURCE_TIME, DataTypes.LongType),
                struct(columns.stream().map(TableChanges::quoted).toArray(Column[]::new))
                        .alias("row"));
    }

    private static Column orNull(Dataset<Row> rows, String column, DataType type) {
        return (TableStates.has(rows, column) ? col(column) : lit(null))
                .cast(type)
                .alias(column);
    }

    private static Column quoted(String column) {
        return col("`" + column.replace("`", "``") + "`");
    }

    private List<ChangedRow> rows(Dataset<Row> changed, List<String> columns, int limit) {
        Column[] order = keyColumns.stream()
                .map(key -> col("row.`" + key.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        List<ChangedRow> rows = new ArrayList<>();
        for (Row row : changed.orderBy(order).limit(limit).collectAsList()) {
            Row struct = row.getStruct(4);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), struct.get(i));
            }
            Map<String, Object> key = new LinkedHashMap<>();
            keyColumns.forEach(column -> key.put(column, values.get(column)));
            rows.add(new ChangedRow(row.getString(0), row.getAs(1), row.getAs(2), row.getAs(3), key, values));
        }
        return rows;
    }
}

package dev.tarn.processes.engine.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Compares two states of a table row by row: a full outer join on the key, in Spark. A row that was deleted softly is
 * removed; what is about a row, such as the position of its last change, is not compared.
 */
public final class TableDiff {
    private static final String CHANGE = "change";
    private static final String KEY = "key";
    private static final String OLD = "old";
    private static final String NEW = "new";

    private final String table;
    private final List<String> keyColumns;
    private final TableStates states;

    /**
     * What differs.
     *
     * @param changedColumns how many of the changed rows differ in a column, most first
     * @param rows the first of them
     */
    public record Answer(
            long added, long removed, long changed, Map<String, Long> changedColumns, List<RowDifference> rows) {}

    /**
     * One row that differs.
     *
     * @param change added, removed or changed
     * @param key the values of the key columns, as Spark gives them
     * @param columns those that differ; all that are not null of a row that was added or removed
     */
    public record RowDifference(String change, Map<String, Object> key, List<RowVersion.ColumnChange> columns) {}

    /**
     * @param table its full name, for messages
     * @param path of its folder
     */
    public TableDiff(SparkSession session, String table, String path, List<String> keyColumns) {
        this.table = table;
        this.keyColumns = List.copyOf(keyColumns);
        this.states = new TableStates(session, path);
    }

    /**
     * Compares the states after two instants.
     *
     * @param wanted the columns to compare; empty for all
     * @param limit how many rows to tell; 0 for the counts alone
     * @throws RefusedException with the code COLUMN_UNKNOWN
     */
    public Answer compare(String from, String to, List<String> wanted, int limit) {
        Dataset<Row> before = states.after(from);
        Dataset<Row> after = states.after(to);
        List<String> columns = columns(before.schema(), after.schema(), wanted);
        List<String> compared =
                columns.stream().filter(column -> !keyColumns.contains(column)).toList();
        Dataset<Row> differences = join(before, after, compared).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Row counts = differences.agg(count(lit(1)), counts(compared)).head();
            Map<String, Long> changedColumns = new LinkedHashMap<>();
            for (int i = 0; i < compared.size(); i++) {
                if (counts.getLong(4 + i) > 0) {
                    changedColumns.put(compared.get(i), counts.getLong(4 + i));
                }
            }
            return new Answer(
                    counts.getLong(1),
                    counts.getLong(2),
                    counts.getLong(3),
                    mostFirst(changedColumns),
                    limit == 0 ? List.of() : rows(differences, compared, limit));
        } finally {
            differences.unpersist();
        }
    }

    private List<String> columns(StructType before, StructType after, List<String> wanted) {
        Set<String> all = new LinkedHashSet<>(Arrays.asList(after.fieldNames()));
        all.addAll(Arrays.asList(before.fieldNames()));
        all.removeIf(column -> !TableStates.isOfTheRow(column));
        for (String column : wanted) {
            if (!all.contains(column)) {
                throw new RefusedException(
                        400,
                        "COLUMN_UNKNOWN",
                        "Cannot compare column '" + column + "' of table '" + table + "': it has no such column."
                                + " Choose from " + String.join(", ", all) + ".");
            }
        }
        return wanted.isEmpty() ? List.copyOf(all) : List.copyOf(new LinkedHashSet<>(wanted));
    }

    private Dataset<Row> join(Dataset<Row> before, Dataset<Row> after, List<String> compared) {
        Dataset<Row> old = side(before, after.schema(), compared).alias(OLD);
        // Columns that have been dropped since are compared, too.
        Dataset<Row> now = side(after, withoutThoseOf(after.schema(), before.schema()), compared)
                .alias(NEW);
        Column differs = lit(false);
        for (String column : compared) {
            differs = differs.or(differs(column));
        }
        Column change = when(of(OLD, TableStates.KEY).isNull(), "added")
                .when(of(NEW, TableStates.KEY).isNull(), "removed")
                .when(differs, "changed");
        List<Column> keys = new ArrayList<>();
        for (String key : keyColumns) {
            keys.add(coalesce(of(NEW, key), of(OLD, key)).alias(key));
        }
        return old.join(now, of(OLD, TableStates.KEY).equalTo(of(NEW, TableStates.KEY)), "full_outer")
                .select(
                        change.alias(CHANGE),
                        struct(keys.toArray(Column[]::new)).alias(KEY),
                        values(OLD, compared).alias(OLD),
                        values(NEW, compared).alias(NEW))
                .filter(col(CHANGE).isNotNull());
    }

    private static StructType withoutThoseOf(StructType schema, StructType other) {
        List<String> names = Arrays.asList(schema.fieldNames());
        return new StructType(Arrays.stream(other.fields())
                .filter(field -> !names.contains(field.name()))
                .toArray(StructField[]::new));
    }

    /**
     * The living rows of a state, with nulls for the columns that only the other state has.
     *
     * @param types of the columns to be; those that it does not have are as they are
     */
    private Dataset<Row> side(Dataset<Row> rows, StructType types, List<String> compared) {
        Dataset<Row> living = TableStates.living(rows);
        List<Column> columns = new ArrayList<>();
        columns.add(col(TableStates.KEY));
        keyColumns.forEach(key -> columns.add(quoted(key)));
        for (String column : compared) {
            Column value = TableStates.has(rows, column) ? quoted(column) : lit(null);
            boolean typed = Arrays.asList(types.fieldNames()).contains(column);
            columns.add((typed ? value.cast(types.apply(column).dataType()) : value).alias(column));
        }
        return living.select(columns.toArray(Column[]::new));
    }

    private static Column values(String side, List<String> columns) {
        return struct(
                columns.isEmpty()
                        ? new Column[] {lit(0).alias("_")}
                        : columns.stream()
                                .map(column -> of(side, column).alias(column))
                                .toArray(Column[]::new));
    }

    private static Column differs(String column) {
        return of(OLD, column).eqNullSafe(of(NEW, column)).unary_$bang();
    }

    private static Column of(String side, String column) {
        return col(side + ".`" + column.replace("`", "``") + "`");
    }

    private static Column quoted(String column) {
        return col("`" + column.replace("`", "``") + "`");
    }

    private static Column[] counts(List<String> compared) {
        List<Column> counts = new ArrayList<>();
        for (String change : List.of("added", "removed", "changed")) {
            counts.add(count(when(col(CHANGE).equalTo(change), 1)));
        }
        for (String column : compared) {
            counts.add(count(when(col(CHANGE).equalTo("changed").and(differs(column)), 1)));
        }
        return counts.toArray(Column[]::new);
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private List<RowDifference> rows(Dataset<Row> differences, List<String> compared, int limit) {
        Column[] order = keyColumns.stream()
                .map(key -> col(KEY + ".`" + key.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        List<RowDifference> rows = new ArrayList<>();
        for (Row row : differences.orderBy(order).limit(limit).collectAsList()) {
            Row key = row.getStruct(1);
            Map<String, Object> keys = new LinkedHashMap<>();
            for (int i = 0; i < keyColumns.size(); i++) {
                keys.put(keyColumns.get(i), key.get(i));
            }
            rows.add(new RowDifference(row.getString(0), keys, changes(row, compared)));
        }
        return rows;
    }

    private static List<RowVersion.ColumnChange> changes(Row row, List<String> compared) {
        List<RowVersion.ColumnChange> changes = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            Object old = row.getStruct(2).get(i);
            Object now = row.getStruct(3).get(i);
            if (!Objects.deepEquals(old, now)) {
                changes.add(new RowVersion.ColumnChange(compared.get(i), old, now));
            }
        }
        return changes;
    }
}

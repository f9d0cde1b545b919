package dev.tarn.load;

import dev.tarn.load.postgres.Catalog;
import dev.tarn.load.postgres.Sql;
import dev.tarn.load.value.ColumnReader;
import dev.tarn.load.value.SourceColumn;
import dev.tarn.model.FieldNames;
import dev.tarn.store.Column;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.MetadataColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the rows of one table are asked for and read.
 *
 * @param sources columns of the database in their order
 * @param readers of these columns
 * @param columns what the rows have: those columns, and those that Debezium's unwrap transformation adds
 * @param query what a COPY asks for, without a condition
 * @param sortedBy the columns by which the rows should come in order, as the query names them
 */
record TablePlan(
        List<SourceColumn> sources, List<ColumnReader> readers, Columns columns, String query, List<String> sortedBy) {

    // In the order in which the transformation adds them: "deleted" by its mode rewrite, the others by add.fields.
    private static final List<Column> ADDED = List.of(
            new Column(MetadataColumns.DELETED, Scalar.STRING),
            new Column(MetadataColumns.OP, Scalar.STRING),
            new Column("__db", Scalar.STRING),
            new Column("__table", Scalar.STRING),
            new Column("__schema", Scalar.STRING),
            new Column(MetadataColumns.LSN, Scalar.LONG),
            new Column(MetadataColumns.SOURCE_TIME, Scalar.LONG));

    /**
     * Plans.
     *
     * @throws UnfitTableException with all columns that cannot be read in Debezium's form
     */
    static TablePlan of(TableToCopy table, Catalog.Table found) {
        List<ColumnReader> readers = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        ADDED.forEach(added -> fields.put(added.name(), "one that each row gets"));
        for (SourceColumn source : found.columns()) {
            String field = FieldNames.field(source.name());
            String other = fields.putIfAbsent(field, "'" + source.name() + "'");
            if (other != null) {
                obstacles.add("column '" + source.name() + "' has the name of another in the lake, " + other);
                continue;
            }
            ColumnReader reader = ColumnReader.of(source).orElse(null);
            if (reader == null) {
                obstacles.add("column '" + source.name() + "' has type " + source.declared());
                continue;
            }
            readers.add(reader);
            columns.add(new Column(field, reader.type()));
        }
        if (!obstacles.isEmpty()) {
            throw new UnfitTableException(table.fullName(), obstacles);
        }
        columns.addAll(ADDED);
        return new TablePlan(
                found.columns(),
                List.copyOf(readers),
                new Columns(columns),
                query(table, found, readers),
                sortedBy(table, found));
    }

    private static String query(TableToCopy table, Catalog.Table found, List<ColumnReader> readers) {
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            String name = Sql.name(found.columns().get(i).name());
            expressions.add(readers.get(i).form().of(name));
        }
        return "SELECT " + expressions.stream().collect(Collectors.joining(", ")) + " FROM " + Sql.name(table.schema())
                + "." + Sql.name(table.table());
    }

    private static List<String> sortedBy(TableToCopy table, Catalog.Table found) {
        return found.columns().stream()
                .map(SourceColumn::name)
                .filter(name -> table.sortedBy().contains(FieldNames.field(name)))
                .sorted(Comparator.comparingInt(name -> table.sortedBy().indexOf(FieldNames.field(name))))
                .map(Sql::name)
                .toList();
    }

    /** The end of a query whose rows come in order. */
    String order() {
        return " ORDER BY " + String.join(", ", sortedBy);
    }
}

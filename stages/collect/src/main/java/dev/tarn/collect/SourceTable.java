package dev.tarn.collect;

import java.util.List;
import java.util.Set;

/**
 * A table of a database.
 *
 * @param columns in their order in the table
 * @param primaryKey its columns in the order of the key; empty if it has none
 * @param identity the columns that the database tells of a row that is updated or deleted (its replica identity)
 * @param readable whether the source's user may read it
 * @param hidesRows whether row security hides rows from that user
 */
public record SourceTable(
        String schema,
        String name,
        String comment,
        List<SourceColumn> columns,
        List<String> primaryKey,
        Set<String> identity,
        boolean readable,
        boolean hidesRows) {
    public SourceTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        identity = Set.copyOf(identity);
    }

    /** {@code schema.table}. */
    public String fullName() {
        return schema + "." + name;
    }

    /** The names of all columns. */
    public List<String> columnNames() {
        return columns.stream().map(SourceColumn::name).toList();
    }
}

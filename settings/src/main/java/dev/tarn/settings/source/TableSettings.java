package dev.tarn.settings.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tables of a database flow into the lake, and how.
 *
 * @param key the columns that name a row; empty for the primary key
 * @param partition the columns that divide the table; empty for none
 * @param types one or both; each makes a table of its own
 * @param format how the table is kept
 * @param into the table of the lake; null for the name of the table in the database
 */
public record TableSettings(
        TablePattern table,
        List<String> key,
        List<String> partition,
        List<TableType> types,
        Deletes deletes,
        TableFormat format,
        @Nullable String into) {
    public TableSettings {
        key = List.copyOf(key);
        partition = List.copyOf(partition);
        types = List.copyOf(types);
        if (into != null && table.isPattern()) {
            throw new IllegalArgumentException("a pattern has no single table in the lake");
        }
    }

    /** The table of the lake for a table of the database, before a suffix for one of several types. */
    public String lakeTable(String sourceTable) {
        return into == null ? sourceTable : into;
    }
}

package dev.tarn.load;

import java.util.List;

/** Columns of a table cannot be read in exactly the form in which Debezium would bring them: it must copy this table. */
public final class UnfitTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> columns;

    UnfitTableException(String table, List<String> columns) {
        super("table '" + table + "' is left to Debezium: " + String.join("; ", columns));
        this.columns = List.copyOf(columns);
    }

    /** Each column and why, such as {@code column 'shape' has type polygon}. */
    public List<String> columns() {
        return columns;
    }
}

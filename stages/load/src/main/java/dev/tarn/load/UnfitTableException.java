package dev.tarn.load;

import java.util.List;

/** A table cannot be read, or columns of it not in exactly the form in which Debezium would bring them: it must copy it. */
public final class UnfitTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitTableException(String table, List<String> reasons) {
        super("table '" + table + "' is left to Debezium: " + String.join("; ", reasons));
    }
}

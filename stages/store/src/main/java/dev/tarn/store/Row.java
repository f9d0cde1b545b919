package dev.tarn.store;

import org.jspecify.annotations.Nullable;

/**
 * The values of one row in the order of its columns. A value is null, of the Java class that its column's type names,
 * or {@link #UNCHANGED}.
 */
public record Row(Columns columns, @Nullable Object[] values) {

    /** Stands for a value that the source did not send because the update left it as it was (PostgreSQL TOAST). */
    public static final Object UNCHANGED = new Object() {
        @Override
        public String toString() {
            return "(unchanged)";
        }
    };

    public Row {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
    }

    /** A row of these values. */
    public static Row of(Columns columns, @Nullable Object... values) {
        return new Row(columns, values);
    }
}

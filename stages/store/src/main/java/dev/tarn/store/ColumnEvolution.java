package dev.tarn.store;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table's columns follow those of its source: a new column is added behind the others, one that went away stays
 * and is null from then on, int grows to long and float to double. Anything else is refused by name.
 */
public final class ColumnEvolution {
    private ColumnEvolution() {}

    /**
     * The columns that a table needs to take rows of these columns.
     *
     * @return {@code table} itself where nothing changes
     * @throws TarnException USER, STORE_TYPE, naming the column that cannot follow
     */
    public static Columns evolve(String tableName, Columns table, Columns incoming) {
        List<Column> result = new ArrayList<>(table.list());
        for (Column column : MetadataColumns.completed(incoming).list()) {
            int position = table.position(column.name());
            if (position < 0) {
                result.add(column);
            } else {
                ColumnType old = table.at(position).type();
                ColumnType common = common(old, column.type());
                if (common == null) {
                    throw new TarnException(
                            ErrorKind.USER,
                            "STORE_TYPE",
                            "Cannot store '" + tableName + "': column '" + column.name() + "' is " + old
                                    + " in the table and now comes as " + column.type()
                                    + ". Give the column a new name at the source, or load the table anew.");
                }
                result.set(position, new Column(column.name(), common));
            }
        }
        return result.equals(table.list()) ? table : new Columns(result);
    }

    /** The type that holds the values of both, or null. */
    private static @Nullable ColumnType common(ColumnType table, ColumnType incoming) {
        if (table.equals(incoming)) {
            return table;
        }
        if (pair(table, incoming, Scalar.INT, Scalar.LONG)) {
            return Scalar.LONG;
        }
        if (pair(table, incoming, Scalar.FLOAT, Scalar.DOUBLE)) {
            return Scalar.DOUBLE;
        }
        if (table instanceof Decimal wide && incoming instanceof Decimal narrow) {
            boolean fits = narrow.scale() <= wide.scale()
                    && narrow.precision() - narrow.scale() <= wide.precision() - wide.scale();
            return fits ? wide : null;
        }
        if (table instanceof ListOf one && incoming instanceof ListOf other) {
            // Readers promote a plain column of an old file, not the elements of a list.
            ColumnType element = common(one.element(), other.element());
            return one.element().equals(element) ? table : null;
        }
        return null;
    }

    private static boolean pair(ColumnType a, ColumnType b, ColumnType one, ColumnType other) {
        return (a == one && b == other) || (a == other && b == one);
    }
}

package dev.tarn.store;

import java.util.ArrayList;
import java.util.List;

/** The columns that the writer keeps about each row, and those that it passes on when the rows bring them. */
public final class MetadataColumns {
    /** The last operation: c, r, u or d. */
    public static final String OP = "__op";
    /** The position of the last change in the source's log; orders the versions of a row. */
    public static final String LSN = "__lsn";
    /** When the source made the last change, milliseconds since 1970. */
    public static final String SOURCE_TIME = "__source_ts_ms";
    /** "true" for a row deleted softly, else "false". */
    public static final String DELETED = "__deleted";

    private static final List<Column> KEPT = List.of(
            new Column(OP, ColumnType.Scalar.STRING),
            new Column(LSN, ColumnType.Scalar.LONG),
            new Column(SOURCE_TIME, ColumnType.Scalar.LONG),
            new Column(DELETED, ColumnType.Scalar.STRING));

    private static final List<String> PASSED_ON = List.of("__db", "__table", "__schema");

    private MetadataColumns() {}

    /** The columns of rows with those of {@link #KEPT} behind them, unless the rows have them already. */
    static Columns completed(Columns columns) {
        List<Column> all = new ArrayList<>(columns.list());
        for (Column column : KEPT) {
            int position = columns.position(column.name());
            if (position < 0) {
                all.add(column);
            } else {
                all.set(position, column);
            }
        }
        return new Columns(all);
    }

    /** Whether a column is about the row rather than of it: a soft delete keeps these. */
    public static boolean isMetadata(String column) {
        return PASSED_ON.contains(column)
                || KEPT.stream().anyMatch(kept -> kept.name().equals(column));
    }
}

package dev.tarn.store;

import java.util.List;

/**
 * Rows of a table that are not what the source's are, and what those were at a position of its log. Like a copy of these
 * rows: a change from the log that comes later beats it.
 *
 * @param rows as the source has them; {@link Row#UNCHANGED} where a value is to stay
 * @param gone rows that the source does not have, of which the key counts
 * @param lsn the position: all that was committed before it is in these rows
 * @param sourceMillis when that was, milliseconds since 1970
 */
public record Repair(List<Row> rows, List<Row> gone, long lsn, long sourceMillis) {
    public Repair {
        rows = List.copyOf(rows);
        gone = List.copyOf(gone);
    }
}

package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.Columns;
import java.util.List;

/** Finds the columns that a table's description names. */
final class ColumnPlaces {
    private ColumnPlaces() {}

    /** @throws TarnException USER when the rows have no such column */
    static int[] of(String tableName, String what, List<String> names, Columns columns) {
        int[] places = new int[names.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = columns.position(names.get(i));
            if (places[i] < 0) {
                throw new TarnException(
                        ErrorKind.USER,
                        "STORE_COLUMN",
                        "Cannot keep '" + tableName + "': the " + what + " column '" + names.get(i)
                                + "' is not among "
                                + columns.list().stream().map(c -> c.name()).toList()
                                + ". Correct " + what + ": in the source's settings.");
            }
        }
        return places;
    }
}

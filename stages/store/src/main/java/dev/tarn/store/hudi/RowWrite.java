package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to one row in one place.
 *
 * @param key the row's key
 * @param partition the path of the partition
 * @param at the file group that holds the row now, null for a new row
 * @param values the row's values in Avro's form, null to take the row away
 * @param order of the change, see {@link dev.tarn.store.index.RowOrder}
 */
record RowWrite(
        String key,
        String partition,
        @Nullable FileLocation at,
        @Nullable Object @Nullable [] values,
        long order) {
    boolean isDelete() {
        return values == null;
    }
}

package dev.tarn.store.index;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a key.
 *
 * @param location where its row is, null for a row that was deleted
 * @param order of its last change, as {@link RowOrder} has it; an older one comes too late
 */
public record IndexEntry(@Nullable FileLocation location, long order) {
    public boolean deleted() {
        return location == null;
    }
}

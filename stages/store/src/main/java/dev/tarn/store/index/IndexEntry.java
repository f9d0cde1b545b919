package dev.tarn.store.index;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a key.
 *
 * @param location where its row is, null for a row that was deleted
 * @param order the position of its last change; an older change comes too late
 */
public record IndexEntry(@Nullable FileLocation location, long order) {
    public boolean deleted() {
        return location == null;
    }
}

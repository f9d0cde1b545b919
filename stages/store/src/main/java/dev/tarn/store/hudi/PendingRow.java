package dev.tarn.store.hudi;

import dev.tarn.store.Change;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import dev.tarn.store.index.FileLocation;
import dev.tarn.store.index.IndexEntry;
import dev.tarn.store.index.RowOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All changes of one row in a batch, and what becomes of the row. */
final class PendingRow {
    private final String key;
    private final @Nullable IndexEntry stored;
    private final List<Version> versions = new ArrayList<>(1);

    /**
     * A change with its row's values in Avro's form.
     *
     * @param origin of a row that took this key: where the values are that the source did not send
     */
    record Version(
            Change change,
            @Nullable Object[] values,
            @Nullable Origin origin) {}

    /** A stored row that has the values which a change left out. */
    record Origin(String key, FileLocation at) {}

    /**
     * What the row comes to.
     *
     * @param values null when it is deleted; {@link Row#UNCHANGED} where the value is that of the origin
     */
    record State(
            @Nullable Object @Nullable [] values, @Nullable Origin origin) {}

    PendingRow(String key, @Nullable IndexEntry stored) {
        this.key = key;
        this.stored = stored;
    }

    String key() {
        return key;
    }

    @Nullable
    IndexEntry stored() {
        return stored;
    }

    private @Nullable Origin self() {
        return stored == null || stored.location() == null ? null : new Origin(key, stored.location());
    }

    /** Whether a change comes after what is stored: one at an equal position does. */
    boolean isNewer(Change change) {
        return stored == null || RowOrder.replaces(order(change), stored.order());
    }

    private static long order(Change change) {
        return change.operation() == Operation.READ ? RowOrder.ofCopy(change.lsn()) : RowOrder.ofChange(change.lsn());
    }

    void add(Change change, @Nullable Object[] values, @Nullable Origin origin) {
        int place = versions.size();
        while (place > 0
                && !RowOrder.replaces(
                        order(change), order(versions.get(place - 1).change()))) {
            place--;
        }
        versions.add(place, new Version(change, values, origin));
    }

    /** The versions, the one that counts last. */
    List<Version> inOrder() {
        return versions;
    }

    /** What the row is after all its versions. */
    State state() {
        return stateAfter(versions);
    }

    /** What the row was before the delete that arrived last. */
    State stateBeforeLast() {
        return stateAfter(versions.subList(0, versions.size() - 1));
    }

    private State stateAfter(List<Version> changes) {
        @Nullable Object @Nullable [] values = null;
        Origin origin = self();
        for (Version version : changes) {
            if (version.change().operation() == Operation.DELETE) {
                values = null;
                origin = null;
            } else {
                origin = version.origin() == null ? origin : version.origin();
                complete(version.values(), values, origin);
                values = version.values();
            }
        }
        return new State(values, origin);
    }

    /** Takes values that were not sent from the version before; where there is none they are the origin's, or null. */
    static void complete(@Nullable Object[] values, @Nullable Object @Nullable [] before, @Nullable Origin origin) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == Row.UNCHANGED) {
                values[i] = before != null ? before[i] : origin != null ? Row.UNCHANGED : null;
            }
        }
    }
}

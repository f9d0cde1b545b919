package dev.tarn.store.hudi;

import dev.tarn.store.Change;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row that got another key. Debezium sends such an update as a delete of the old key followed by a create of the
 * new one, both at the update's position in the log; values that the update left alone come with neither, so they have to
 * be taken from the row that is deleted.
 */
final class KeyChanges {
    private @Nullable PendingRow deleted;
    private long lsn;

    /** Notes a change of a batch, after it was added to its row. */
    void seen(Change change, PendingRow row) {
        deleted = change.operation() == Operation.DELETE ? row : null;
        lsn = change.lsn();
    }

    /**
     * Where the values are that a created row lacks; those known from the batch are filled in.
     *
     * @return null if the row lacks none, or is no other row with a new key
     */
    PendingRow.@Nullable Origin origin(Change change, @Nullable Object[] values) {
        if (deleted == null
                || change.operation() != Operation.CREATE
                || change.lsn() != lsn
                || !Arrays.asList(values).contains(Row.UNCHANGED)) {
            return null;
        }
        PendingRow.State before = deleted.stateBeforeLast();
        PendingRow.complete(values, before.values(), before.origin());
        return before.origin();
    }
}

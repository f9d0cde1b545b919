package dev.tarn.processes.engine.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a row.
 *
 * @param instant the commit that brought it; null for a change that no commit has brought yet, or one that is archived
 * @param completedAt when readers began to see it, ISO 8601; null where the timeline no longer says
 * @param sourceTime when the source made the change, ISO 8601; null where the table does not say
 * @param operation create, copy (read from the source's table, not from its log), update, delete or soft-delete; null
 *     where it cannot be told
 * @param lsn the position of the change in the source's log; null where the table does not say
 * @param partition the folder that holds it, "" in a table without partitions
 * @param changes what differs from the version before
 * @param row all its columns but those of Hudi; null where the row was taken away
 */
public record RowVersion(
        @Nullable String instant,
        @Nullable String completedAt,
        @Nullable String sourceTime,
        @Nullable String operation,
        @Nullable Long lsn,
        String partition,
        List<ColumnChange> changes,
        @Nullable Map<String, @Nullable Object> row) {
    public RowVersion {
        changes = List.copyOf(changes);
    }

    /** A column's value in the version before, and in this one. */
    public record ColumnChange(
            String column, @Nullable Object old, @Nullable Object now) {}
}

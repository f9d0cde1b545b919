package dev.tarn.processes.engine.hudi;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, or is happening, to a table.
 *
 * @param instant its name
 * @param action Hudi's word: commit, deltacommit, clean, rollback, …
 * @param state requested, inflight or completed
 * @param completedAt ISO 8601, UTC; null until then
 * @param durationMillis from request to completion; null for a savepoint
 * @param work what it did; null until it is done, and where nobody knows
 * @param archived whether Hudi has moved it out of the active timeline
 */
public record TimelineEntry(
        String instant,
        String action,
        String state,
        @Nullable String completedAt,
        @Nullable Long durationMillis,
        @Nullable Work work,
        boolean archived) {
    TimelineEntry fromArchive() {
        return new TimelineEntry(instant, action, state, completedAt, durationMillis, work, true);
    }

    /**
     * What an action did. A number is null where the action has no such thing.
     *
     * @param operation what asked for it, in Hudi's words: upsert, compact, bulk_insert, …
     * @param inserted rows that were new; null for a compaction, which changes no row
     * @param updated rows that were there before
     * @param deleted rows that were taken away
     * @param files that it wrote; for a clean or a rollback, those that it deleted; for a savepoint, those that it keeps
     * @param sourceLsn the position in the source's log that it reaches
     * @param about what else there is to say: the commits that a rollback undid, the note of a savepoint, …
     */
    public record Work(
            @Nullable String operation,
            @Nullable Long inserted,
            @Nullable Long updated,
            @Nullable Long deleted,
            @Nullable Long bytesWritten,
            long files,
            @Nullable Long sourceLsn,
            @Nullable String about) {}
}

package dev.tarn.processes.engine.hudi;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, or is happening, to a table.
 *
 * @param instant its name
 * @param action Hudi's word: commit, deltacommit, clean, rollback, …
 * @param state requested, inflight or completed
 * @param completedAt ISO 8601, UTC; null until then
 * @param durationMillis from request to completion
 * @param work what it did; null until it is done, and where the action is neither a commit nor a clean
 */
public record TimelineEntry(
        String instant,
        String action,
        String state,
        @Nullable String completedAt,
        @Nullable Long durationMillis,
        @Nullable Work work) {
    /**
     * What an action did. A number is null where the action has no such thing.
     *
     * @param operation what asked for it, in Hudi's words: upsert, compact, bulk_insert, …
     * @param inserted rows that were new; null for a compaction, which changes no row
     * @param updated rows that were there before
     * @param deleted rows that were taken away
     * @param files that it wrote; for a clean, those that it deleted
     * @param sourceLsn the position in the source's log that it reaches
     */
    public record Work(
            @Nullable String operation,
            @Nullable Long inserted,
            @Nullable Long updated,
            @Nullable Long deleted,
            @Nullable Long bytesWritten,
            long files,
            @Nullable Long sourceLsn) {}
}

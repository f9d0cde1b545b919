package dev.tarn.processes.engine.upkeep;

import org.jspecify.annotations.Nullable;

/**
 * A commit whose files no clean removes.
 *
 * @param committedAt when the commit was made; ISO 8601, UTC
 * @param savedAt when it was made a savepoint
 * @param user who did so
 * @param note why
 * @param files that it keeps
 * @param bytes of those that are on storage
 */
public record Savepoint(
        String instant,
        @Nullable String committedAt,
        @Nullable String savedAt,
        @Nullable String user,
        @Nullable String note,
        long files,
        long bytes) {}

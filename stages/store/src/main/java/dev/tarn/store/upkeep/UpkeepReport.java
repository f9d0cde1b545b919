package dev.tarn.store.upkeep;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a table, or would be. Sizes are in bytes; a number is null where the action has no such thing.
 *
 * @param done false where it was only asked what would happen, and where there was nothing to do
 * @param instant the commit that was made, kept, let go or restored; of a clean, the first that is kept
 * @param filesRemoved files that are gone from storage
 * @param filesHeld files that a clean leaves for savepoints alone, or that a savepoint keeps
 * @param slices file slices that are written anew
 * @param logs logs that are folded into base files
 * @param bytesRead what is read to do it
 * @param bytesWritten what is written; an estimate where it was only asked
 * @param commitsUndone instants, newest first
 * @param rowsUndone rows that those inserted, updated or deleted
 * @param reachesBackTo the oldest commit that time travel reaches afterwards, apart from savepoints
 * @param readsAgainFrom the Kafka offsets that the table names afterwards, such as {@code topic,0:42;topic,1:7}
 */
public record UpkeepReport(
        boolean done,
        @Nullable String instant,
        @Nullable Long filesRemoved,
        @Nullable Long bytesRemoved,
        @Nullable Long filesHeld,
        @Nullable Long bytesHeld,
        @Nullable Long slices,
        @Nullable Long logs,
        @Nullable Long bytesRead,
        @Nullable Long bytesWritten,
        List<String> commitsUndone,
        @Nullable Long rowsUndone,
        @Nullable String reachesBackTo,
        @Nullable String readsAgainFrom) {
    public UpkeepReport {
        commitsUndone = List.copyOf(commitsUndone);
    }

    /** A report that says nothing yet but whether it was done, and about which instant. */
    public static UpkeepReport of(boolean done, @Nullable String instant) {
        return new UpkeepReport(
                done, instant, null, null, null, null, null, null, null, null, List.of(), null, null, null);
    }

    /** The same with files that are removed, and files that stay for savepoints. */
    public UpkeepReport withFiles(FileSum removed, FileSum held) {
        return new UpkeepReport(
                done,
                instant,
                removed.files(),
                removed.bytes(),
                held.files(),
                held.bytes(),
                slices,
                logs,
                bytesRead,
                bytesWritten,
                commitsUndone,
                rowsUndone,
                reachesBackTo,
                readsAgainFrom);
    }

    /** The same with slices that are written anew. */
    public UpkeepReport withRewriting(long newSlices, long foldedLogs, long read, @Nullable Long written) {
        return new UpkeepReport(
                done,
                instant,
                filesRemoved,
                bytesRemoved,
                filesHeld,
                bytesHeld,
                newSlices,
                foldedLogs,
                read,
                written,
                commitsUndone,
                rowsUndone,
                reachesBackTo,
                readsAgainFrom);
    }

    /** The same with commits that are undone, and where the table reads on. */
    public UpkeepReport withUndone(List<String> commits, long rows, long bytes, @Nullable String offsets) {
        return new UpkeepReport(
                done,
                instant,
                filesRemoved,
                bytes,
                filesHeld,
                bytesHeld,
                slices,
                logs,
                bytesRead,
                bytesWritten,
                commits,
                rows,
                reachesBackTo,
                offsets);
    }

    /** The same with the oldest commit that time travel reaches. */
    public UpkeepReport reachingBackTo(@Nullable String oldest) {
        return new UpkeepReport(
                done,
                instant,
                filesRemoved,
                bytesRemoved,
                filesHeld,
                bytesHeld,
                slices,
                logs,
                bytesRead,
                bytesWritten,
                commitsUndone,
                rowsUndone,
                oldest,
                readsAgainFrom);
    }

    /**
     * Some files.
     *
     * @param files how many
     * @param bytes in all
     */
    public record FileSum(long files, long bytes) {
        public static final FileSum NONE = new FileSum(0, 0);
    }
}

package dev.tarn.store.upkeep;

import dev.tarn.store.History;
import java.util.List;
import java.util.Optional;

/** Something that can be done to a table as a whole. Instants are Hudi's names of commits, such as 20261122103000123. */
public sealed interface UpkeepRequest {
    /** Merges the logs of a merge-on-read table into its base files. */
    record Compact() implements UpkeepRequest {}

    /**
     * Removes files that only readers of the past need.
     *
     * @param keep how far back the past shall reach; empty for what the table's own settings say
     */
    record Clean(Optional<History> keep) implements UpkeepRequest {}

    /**
     * Writes small base files together, sorted where columns are given.
     *
     * @param sortColumns the columns to sort by; empty to leave the order as it is
     */
    record Cluster(List<String> sortColumns) implements UpkeepRequest {
        public Cluster {
            sortColumns = List.copyOf(sortColumns);
        }
    }

    /**
     * Keeps the files of one commit from being removed.
     *
     * @param instant of the commit; empty for the newest
     * @param user who wants it
     * @param note why
     */
    record Savepoint(Optional<String> instant, String user, String note) implements UpkeepRequest {}

    /** Lets the files of a savepoint go with the next clean. */
    record DeleteSavepoint(String instant) implements UpkeepRequest {}

    /** Undoes every commit after this one. The table's offsets are then older too. */
    record Restore(String instant) implements UpkeepRequest {}

    /** Whether to do a thing or to tell only what it would do. */
    enum Mode {
        DO,
        TELL
    }
}

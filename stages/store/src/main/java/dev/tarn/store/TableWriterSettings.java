package dev.tarn.store;

import java.nio.file.Path;

/**
 * How a writer works, as distinct from what the table is.
 *
 * @param threads how many file groups are written at the same time
 * @param index the key index
 * @param files the files it makes
 * @param maintenance what runs beside writing
 */
public record TableWriterSettings(int threads, Index index, Files files, Maintenance maintenance) {

    /**
     * @param memoryBytes beyond this the index moves to disk
     * @param spillFolder where to; made when needed, emptied at open
     * @param rememberedDeletes how many hard deletes are remembered so that a late update does not bring a row back; at
     *     least half of these always are. After a restart only those still in log files are known.
     */
    public record Index(long memoryBytes, Path spillFolder, int rememberedDeletes) {}

    /**
     * @param mergeOnReadBytes a merge-on-read file group takes new rows up to this size
     * @param copyOnWriteBytes a copy-on-write one; smaller, since each commit rewrites what it touches
     * @param newGroupRows so many new rows of one partition in one commit get a base file of their own
     * @param sync whether files reach the disk before a commit counts
     */
    public record Files(long mergeOnReadBytes, long copyOnWriteBytes, int newGroupRows, Sync sync) {}

    /** What a commit survives. */
    public enum Sync {
        /** The death of the process. The system writes to disk when it likes. */
        PROCESS_DEATH,
        /** Also a power cut: each file is forced to disk when it is closed. */
        POWER_CUT
    }

    /**
     * @param compactAfterCommits merge-on-read: after so many commits, fold the logs into their base files wherever they
     *     have grown large or many
     * @param memoryBytes what one compaction may hold in memory before it spills
     * @param history how far back time travel reaches
     * @param cleanAfterCommits clean and archive after so many commits; 0 turns all maintenance off
     */
    public record Maintenance(int compactAfterCommits, long memoryBytes, History history, int cleanAfterCommits) {

        public static final Maintenance DEFAULTS = new Maintenance(50, 64L << 20, new History.Commits(1000), 50);

        /** Nothing runs unless asked for. */
        public static final Maintenance OFF =
                new Maintenance(Integer.MAX_VALUE, 64L << 20, new History.Commits(1000), 0);
    }

    /** Two threads, 256 MiB of index, 64 MiB and 24 MiB files. */
    public static TableWriterSettings defaults(Path spillFolder) {
        return new TableWriterSettings(
                2,
                new Index(256L << 20, spillFolder, 200_000),
                new Files(64L << 20, 24L << 20, 20_000, Sync.PROCESS_DEATH),
                Maintenance.DEFAULTS);
    }

    public TableWriterSettings with(Index newIndex) {
        return new TableWriterSettings(threads, newIndex, files, maintenance);
    }

    public TableWriterSettings with(Files newFiles) {
        return new TableWriterSettings(threads, index, newFiles, maintenance);
    }

    public TableWriterSettings with(Maintenance newMaintenance) {
        return new TableWriterSettings(threads, index, files, newMaintenance);
    }
}

package dev.tarn.store;

/** How a table trades the cost of writing against the cost of reading. */
public enum TableType {
    /** Changes go to log files beside the base files and are merged when read, until compaction folds them in. */
    MERGE_ON_READ,
    /** Every commit rewrites the files it touches. */
    COPY_ON_WRITE
}

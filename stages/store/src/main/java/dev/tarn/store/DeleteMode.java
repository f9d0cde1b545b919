package dev.tarn.store;

/** What a delete at the source does to the row in the table. */
public enum DeleteMode {
    /** The row goes; time travel still shows it. */
    HARD,
    /** The row stays with its key, its partition and its metadata, everything else null, {@code __deleted} "true". */
    SOFT
}

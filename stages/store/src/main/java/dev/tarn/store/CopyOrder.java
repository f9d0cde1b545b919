package dev.tarn.store;

/** How the rows of a copy follow each other. */
public enum CopyOrder {
    /** A partition's rows may come at any time: those that reach into many partitions are committed at once. */
    MIXED,
    /** A partition's rows come one after the other, nearly: however many partitions there are, few of them are written to. */
    BY_PARTITION;

    /** So many partitions are written to at once: rows of no more than these may come in any order. */
    public static final int PARTITIONS_AT_ONCE = 8;
}

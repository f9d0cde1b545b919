package dev.tarn.collect.raw;

/** What becomes of a record without a value. */
enum Tombstones {
    /** Its key is kept in a file of its own folder. */
    KEEP,
    /** It is left out. */
    DROP
}

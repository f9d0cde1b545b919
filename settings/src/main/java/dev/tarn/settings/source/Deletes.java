package dev.tarn.settings.source;

/** What becomes of a row of the lake when it is deleted in the database. */
public enum Deletes {
    /** It goes. */
    HARD,
    /** It stays and is marked. */
    SOFT
}

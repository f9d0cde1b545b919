package dev.tarn.settings.stream;

/** What of a result goes out after each batch. */
public enum OutputMode {
    /** All of it. */
    COMPLETE,
    /** The rows that are new or changed. */
    UPDATE,
    /** The rows that will never change again. */
    APPEND
}

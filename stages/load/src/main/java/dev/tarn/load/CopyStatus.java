package dev.tarn.load;

import org.jspecify.annotations.Nullable;

/**
 * How far a copy is.
 *
 * @param phase what it does
 * @param waitsFor in words, such as {@code a transaction that is open since 21:03:11 (pid 4711)}; null if it does not wait
 * @param rows read so far
 * @param bytes read so far, as the database sends them
 * @param expectedRows the database's estimate, at least 0
 * @param expectedBytes what the table takes on the database's disk
 */
public record CopyStatus(
        Phase phase, @Nullable String waitsFor, long rows, long bytes, long expectedRows, long expectedBytes) {

    /** What a copy does. */
    public enum Phase {
        /** Transactions that were open when it began must end first. */
        WAITING,
        /** Rows come. */
        READING,
        /** The database has given all rows. */
        DONE
    }
}

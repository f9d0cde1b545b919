package dev.tarn.store;

/**
 * Says that the source no longer has any row whose last change is before a position, without a delete of each.
 *
 * @param how it is known
 * @param lsn the position in the source's log
 * @param sourceMillis when it was so, milliseconds since 1970
 */
public record RowsGone(How how, long lsn, long sourceMillis) {
    /** How it is known. */
    public enum How {
        /** The source's table was truncated. */
        TRUNCATED,
        /** A copy of the source's table has brought all of its rows. */
        NOT_IN_COPY
    }
}

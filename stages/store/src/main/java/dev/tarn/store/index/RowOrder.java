package dev.tarn.store.index;

/**
 * Where a version stands among those of its row, as one number: a position in the source's log, turned negative for a
 * version that a copy of the table read.
 *
 * <p>A copy names the position at which it looked, and sees no transaction that is open then. What such a transaction had
 * written before bears a lower position, and still came later: so a change from the log beats a copied version whatever
 * their positions. A copied version beats what is at or below its position, for it saw that.
 */
public final class RowOrder {
    private RowOrder() {}

    /** The order of a change that was read from the log. */
    public static long ofChange(long lsn) {
        return lsn;
    }

    /** The order of a version that was read from the table itself. */
    public static long ofCopy(long lsn) {
        return ~lsn;
    }

    public static boolean isCopy(long order) {
        return order < 0;
    }

    /** The position in the log. */
    public static long lsn(long order) {
        return order < 0 ? ~order : order;
    }

    /** Whether a version that arrives after another replaces it. Of equals the later arrival counts. */
    public static boolean replaces(long arrived, long known) {
        return !isCopy(arrived) && isCopy(known) || lsn(arrived) >= lsn(known);
    }
}

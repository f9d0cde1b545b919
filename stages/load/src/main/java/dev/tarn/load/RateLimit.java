package dev.tarn.load;

import java.util.function.LongSupplier;

/** Lets so many rows a second through, over all threads. */
final class RateLimit {
    private static final double NANOS_A_SECOND = 1e9;

    private final double nanosARow;
    private final LongSupplier clock;
    private long free;

    /**
     * @param rowsPerSecond 0 for no limit
     * @param clock nanoseconds since whenever
     */
    RateLimit(long rowsPerSecond, LongSupplier clock) {
        this.nanosARow = rowsPerSecond == 0 ? 0 : NANOS_A_SECOND / rowsPerSecond;
        this.clock = clock;
        this.free = clock.getAsLong();
    }

    /** Takes the next rows in turn; the nanoseconds to wait until it is theirs, 0 for none. */
    synchronized long reserve(int rows) {
        if (nanosARow == 0) {
            return 0;
        }
        long now = clock.getAsLong();
        long start = Math.max(now, free);
        free = start + (long) (rows * nanosARow);
        return free - now;
    }
}

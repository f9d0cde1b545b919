package dev.tarn.collect.raw;

import java.time.Duration;
import java.time.Instant;

/** How often in a row something has failed, and when it is tried again: after 1, 2, 4 … seconds, 60 at most. */
record Retry(int failures, Instant at) {
    private static final long LONGEST_SECONDS = 60;

    /** Nothing has failed. */
    static final Retry NONE = new Retry(0, Instant.MIN);

    Retry failedAt(Instant now) {
        long seconds = Math.min(LONGEST_SECONDS, 1L << Math.min(failures, 6));
        return new Retry(failures + 1, now.plus(Duration.ofSeconds(seconds)));
    }

    boolean isDue(Instant now) {
        return !now.isBefore(at);
    }
}

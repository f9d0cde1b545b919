package dev.tarn.store.connect;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when gathered changes are committed: at once when the last commit is an interval ago, so that a quiet table
 * shows a change without delay; otherwise when the interval is over, or earlier when there are many changes.
 */
final class CommitTrigger {
    // Changes of one source transaction arrive within milliseconds of each other: a commit waits for the rest of them.
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Duration interval;
    private final int records;
    private Instant lastCommit = Instant.EPOCH;
    private Instant firstChange = Instant.MAX;

    CommitTrigger(Duration interval, int records) {
        this.interval = interval;
        this.records = records;
    }

    void gathered(Instant now) {
        if (firstChange.equals(Instant.MAX)) {
            firstChange = now;
        }
    }

    void committed(Instant now) {
        lastCommit = now;
        firstChange = Instant.MAX;
    }

    /** How long to wait until a commit is due; zero when it is. Asked only with changes at hand. */
    Duration untilDue(int gathered, Instant now) {
        if (gathered >= records) {
            return Duration.ZERO;
        }
        Instant afterLast = lastCommit.plus(interval);
        Instant afterFirst = firstChange.plus(GATHERING);
        Instant due = afterLast.isAfter(afterFirst) ? afterLast : afterFirst;
        Duration wait = Duration.between(now, due);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}

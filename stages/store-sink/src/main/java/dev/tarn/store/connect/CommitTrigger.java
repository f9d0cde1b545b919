package dev.tarn.store.connect;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when gathered changes are committed: at once when the last commit is an interval ago, so that a quiet table
 * shows a change without delay. In a stream of changes, when a second of the source's time is complete, which keeps the
 * commits of all tables at the same seconds; or when the interval is over and some more; or when there are many changes.
 */
final class CommitTrigger {
    // Changes of one source transaction arrive within milliseconds of each other: a commit waits for the rest of them.
    private static final Duration GATHERING = Duration.ofMillis(50);

    // Seconds of the source complete a little early or late: a commit in between would only double their number.
    private static final Duration EARLY = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofMillis(250);

    /** Where a commit of what is gathered would end. */
    enum End {
        /** Behind the last change of a second of the source's time. */
        WHOLE_SECOND,
        /** Behind the last change that has arrived. */
        OPEN
    }

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

    /** @param start of the commit: how long it takes must not move those that follow */
    void committed(Instant start) {
        lastCommit = start;
        firstChange = Instant.MAX;
    }

    /** How long to wait until a commit is due; zero when it is. Asked only with changes at hand. */
    Duration untilDue(int gathered, End end, Instant now) {
        if (gathered >= records) {
            return Duration.ZERO;
        }
        Duration sinceLast = end == End.WHOLE_SECOND
                ? interval.minus(shorter(interval.dividedBy(2), EARLY))
                : interval.plus(shorter(interval.dividedBy(4), LATE));
        Instant afterLast = lastCommit.plus(sinceLast);
        Instant afterFirst = firstChange.plus(GATHERING);
        Instant due = afterLast.isAfter(afterFirst) ? afterLast : afterFirst;
        Duration wait = Duration.between(now, due);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

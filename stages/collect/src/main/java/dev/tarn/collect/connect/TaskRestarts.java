package dev.tarn.collect.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When to start a failed connector again: after 5, 10, 20, 40 and 80 seconds, then every
 * five minutes: a database or a store may be away for hours, and nobody should have to remember its tables after that.
 */
public final class TaskRestarts {
    /** After so many it counts as failed, and is tried seldom. */
    public static final int LIMIT = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(5);
    /** One that ran so long has recovered, and begins anew. */
    private static final Duration RECOVERED = Duration.ofMinutes(2);

    private final Map<String, Attempts> attempts = new HashMap<>();

    private record Attempts(int count, Instant last) {}

    /** Whether to start this failed connector again now. Counts it if so. */
    public boolean isDue(String connector, Instant now) {
        Attempts earlier = attempts.get(connector);
        if (earlier == null) {
            attempts.put(connector, new Attempts(0, now));
            return false;
        }
        Duration pause = earlier.count() < LIMIT ? FIRST_PAUSE.multipliedBy(1L << earlier.count()) : LAST_PAUSE;
        boolean due = !now.isBefore(earlier.last().plus(pause));
        if (due) {
            attempts.put(connector, new Attempts(earlier.count() + 1, now));
        }
        return due;
    }

    /** Notes that a connector runs. */
    public void runs(String connector, Instant now) {
        attempts.computeIfPresent(
                connector, (name, earlier) -> now.isAfter(earlier.last().plus(RECOVERED)) ? null : earlier);
    }

    /** How often it was started again since it last ran well. */
    public int count(String connector) {
        Attempts earlier = attempts.get(connector);
        return earlier == null ? 0 : earlier.count();
    }

    /** Forgets a connector whose settings changed. */
    public void forget(String connector) {
        attempts.remove(connector);
    }
}

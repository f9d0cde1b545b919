package dev.tarn.collect.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When to start a failed connector again: after 5, 10, 20, 40 and 80 seconds, then no more. */
public final class TaskRestarts {
    /** How often it is tried. */
    public static final int LIMIT = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
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
        boolean due = earlier.count() < LIMIT
                && !now.isBefore(earlier.last().plus(FIRST_PAUSE.multipliedBy(1L << earlier.count())));
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

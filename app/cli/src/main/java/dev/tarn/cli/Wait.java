package dev.tarn.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks again and again, several times a second. */
final class Wait {
    private static final long PAUSE_MILLIS = 200;

    private final Duration limit;

    private Wait(Duration limit) {
        this.limit = limit;
    }

    static Wait atMost(Duration limit) {
        return new Wait(limit);
    }

    /** The first answer; empty when there was none in time or this thread was interrupted. */
    <T> Optional<T> until(Supplier<Optional<T>> question) {
        long start = System.nanoTime();
        Optional<T> answer = question.get();
        while (answer.isEmpty() && System.nanoTime() - start < limit.toNanos() && pause()) {
            answer = question.get();
        }
        return answer;
    }

    /** Sleeps for a moment; false when interrupted. */
    static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package dev.tarn.services;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a crashed service comes back.
 *
 * @param pauses the waits before each new start; after the last one it stays down
 * @param calmAfter how long it must have served before its earlier crashes are forgotten
 */
public record RestartPolicy(List<Duration> pauses, Duration calmAfter) {
    /** Five times, each pause twice the one before; forgotten after ten minutes. */
    public static RestartPolicy fromPause(Duration first) {
        return new RestartPolicy(
                Stream.iterate(first, pause -> pause.multipliedBy(2)).limit(5).toList(), Duration.ofMinutes(10));
    }

    public RestartPolicy {
        pauses = List.copyOf(pauses);
    }
}

package dev.tarn.services;

import java.time.Duration;
import java.util.List;

/**
 * How a crashed service comes back.
 *
 * @param pauses the waits before each new start; after the last one it stays down
 * @param calmAfter how long it must have served before its earlier crashes are forgotten
 */
public record RestartPolicy(List<Duration> pauses, Duration calmAfter) {
    /** Five times, after 1, 2, 4, 8 and 16 seconds; forgotten after ten minutes. */
    public static final RestartPolicy STANDARD = new RestartPolicy(
            List.of(1, 2, 4, 8, 16).stream().map(Duration::ofSeconds).toList(), Duration.ofMinutes(10));

    public RestartPolicy {
        pauses = List.copyOf(pauses);
    }
}

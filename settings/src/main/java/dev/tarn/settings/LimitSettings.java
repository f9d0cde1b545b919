package dev.tarn.settings;

import dev.tarn.settings.read.Durations;
import java.time.Duration;

/**
 * Limits of the machine and of its services.
 *
 * @param freeDisk the lake does not start with less free space
 * @param restartPause before a crashed service is first started again; each further pause is twice the one before
 */
public record LimitSettings(DataSize freeDisk, Duration restartPause) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What holds if nothing is written. */
    public static final LimitSettings DEFAULT = new LimitSettings(DataSize.mebibytes(512), Duration.ofSeconds(1));

    /** @throws IllegalArgumentException if it is no time, or too long */
    static Duration parseRestartPause(String text) {
        Duration pause = Durations.parse(text);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            throw new IllegalArgumentException("must be a time from 1 ms to 1 min");
        }
        return pause;
    }
}

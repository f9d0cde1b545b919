package dev.tarn.cli.terminal;

import java.time.Duration;

/** Time spans as people read them. */
public final class Durations {
    private Durations() {}

    /** The two largest units: {@code 12s}, {@code 3m12s}, {@code 2h05m}, {@code 4d03h}. */
    public static String format(Duration duration) {
        if (duration.toDays() > 0) {
            return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        if (duration.toMinutes() > 0) {
            return pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        return duration.toSeconds() + "s";
    }

    /** The same, finer below ten seconds: {@code 42ms}, {@code 4.2s}. */
    public static String formatMillis(long millis) {
        if (millis < 1_000) {
            return millis + "ms";
        }
        return millis < 10_000 ? millis / 1_000 + "." + millis % 1_000 / 100 + "s" : format(Duration.ofMillis(millis));
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        return large + largeUnit + (small < 10 ? "0" : "") + small + smallUnit;
    }
}

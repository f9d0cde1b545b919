package dev.tarn.settings;

import dev.tarn.settings.read.Counts;
import dev.tarn.settings.read.Durations;
import java.time.Duration;

/**
 * What a statement of SQL may take if nobody says otherwise.
 *
 * @param timeout it is cancelled after this time; 1 s to 1 d
 * @param maxRows so many rows are shown; 1 to 1,000,000
 */
public record SqlSettings(Duration timeout, int maxRows) {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_ROWS = 1_000_000;

    /** What holds if nothing is written. */
    public static final SqlSettings DEFAULT = new SqlSettings(Duration.ofSeconds(60), 1_000);

    /** @throws IllegalArgumentException if it is no time, or too short or too long */
    static Duration parseTimeout(String text) {
        Duration timeout = Durations.parse(text);
        if (timeout.toSeconds() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be a time from 1 s to 1 d");
        }
        return timeout;
    }

    /** @throws IllegalArgumentException if it is no number, or too large */
    static int parseMaxRows(String text) {
        int rows = Counts.parse(text);
        if (rows > MOST_ROWS) {
            throw new IllegalArgumentException("must be a whole number from 1 to " + MOST_ROWS);
        }
        return rows;
    }
}

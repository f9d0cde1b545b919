package dev.tarn.settings.source;

import java.time.Duration;

/**
 * When changes that have arrived are committed to a table: at whichever comes first.
 *
 * @param interval since the last commit
 * @param changes waiting
 */
public record CommitSettings(Duration interval, int changes) {
    /** What holds if nothing is written. */
    public static final CommitSettings DEFAULT = new CommitSettings(Duration.ofSeconds(1), 20_000);
}

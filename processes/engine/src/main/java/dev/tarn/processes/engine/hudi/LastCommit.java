package dev.tarn.processes.engine.hudi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last commit that brought rows.
 *
 * @param completedAt ISO 8601, UTC
 * @param ageMillis how long ago that is
 */
public record LastCommit(
        String instant,
        @Nullable String completedAt,
        @Nullable Long ageMillis) {
    static LastCommit of(String instant, @Nullable Instant completedAt, Instant now) {
        return completedAt == null
                ? new LastCommit(instant, null, null)
                : new LastCommit(
                        instant,
                        completedAt.toString(),
                        Math.max(0, Duration.between(completedAt, now).toMillis()));
    }
}

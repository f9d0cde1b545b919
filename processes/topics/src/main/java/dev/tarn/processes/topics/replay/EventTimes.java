package dev.tarn.processes.topics.replay;

import dev.tarn.processes.topics.event.Timestamps;
import dev.tarn.processes.topics.kafka.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timestamps of events. */
interface EventTimes {
    /** @throws IllegalArgumentException with the reason, if the row has none */
    Instant of(RowFile.Row row);

    /** @param run when the replay began */
    static EventTimes of(ReplayRequest request, List<String> columns, long run) {
        String column = request.timeColumn();
        if (column != null) {
            int index = columns.indexOf(column);
            if (index < 0) {
                throw Refusal.user(
                        "COLUMN_UNKNOWN",
                        "Cannot take times from column '" + column + "': the file has " + String.join(", ", columns)
                                + ". Name one of them.");
            }
            return row -> inColumn(column, row.fields().get(index));
        }
        Duration step = step(request);
        if (step == null) {
            Clock clock = Clock.systemUTC();
            return row -> clock.instant();
        }
        Instant start = request.start() == null ? Instant.ofEpochMilli(run) : request.start();
        return row -> start.plus(step.multipliedBy(row.index()));
    }

    // A start with a rate: what is published in real time also says that it happened so.
    private static @Nullable Duration step(ReplayRequest request) {
        if (request.step() != null) {
            return request.step();
        }
        return request.start() == null || request.eventsPerSecond() == 0
                ? null
                : Duration.ofNanos(Math.round(1e9 / request.eventsPerSecond()));
    }

    private static Instant inColumn(String column, String text) {
        try {
            return Timestamps.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "column '" + column + "' has '" + text + "', which " + e.getMessage(), e);
        }
    }
}

package dev.tarn.cli.server;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream, as the server tells it.
 *
 * @param lag events that wait, by topic and partition
 * @param answer all that the server said of it
 */
public record StreamState(
        String name,
        String state,
        List<String> inputs,
        @Nullable String output,
        @Nullable String mode,
        @Nullable Long batch,
        @Nullable Long events,
        @Nullable Double inputRate,
        @Nullable Double processingRate,
        @Nullable Long batchMillis,
        @Nullable String watermark,
        @Nullable Long stateRows,
        @Nullable Long late,
        @Nullable Long quarantined,
        Map<String, Map<String, Long>> lag,
        @Nullable String error,
        Map<String, Object> answer) {

    static StreamState parse(JsonFields fields) throws IOException {
        Map<String, Map<String, Long>> lag = new LinkedHashMap<>();
        if (fields.values().get("lag") instanceof Map<?, ?> topics) {
            topics.forEach((topic, partitions) -> {
                Map<String, Long> events = new LinkedHashMap<>();
                ((Map<?, ?>) partitions)
                        .forEach((partition, count) ->
                                events.put(String.valueOf(partition), ((Number) count).longValue()));
                lag.put(String.valueOf(topic), events);
            });
        }
        return new StreamState(
                fields.text("name"),
                fields.text("state"),
                fields.list("inputs"),
                fields.optionalText("output"),
                fields.optionalText("mode"),
                fields.optionalNumber("batch"),
                fields.optionalNumber("events"),
                rate(fields, "inputRate"),
                rate(fields, "processingRate"),
                fields.optionalNumber("batchMillis"),
                fields.optionalText("watermark"),
                fields.optionalNumber("stateRows"),
                fields.optionalNumber("late"),
                fields.optionalNumber("quarantined"),
                lag,
                fields.optionalText("error"),
                fields.values());
    }

    private static @Nullable Double rate(JsonFields fields, String name) {
        return fields.values().get(name) instanceof Number rate ? rate.doubleValue() : null;
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return List.of("starting", "running", "restarting").contains(state);
    }

    /** All events that wait; null if that is not known. */
    public @Nullable Long waiting() {
        return lag.isEmpty()
                ? null
                : lag.values().stream()
                        .flatMap(partitions -> partitions.values().stream())
                        .mapToLong(Long::longValue)
                        .sum();
    }
}

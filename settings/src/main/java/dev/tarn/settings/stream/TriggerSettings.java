package dev.tarn.settings.stream;

import dev.tarn.settings.read.Durations;
import java.time.Duration;

/** When a stream looks for events. */
public sealed interface TriggerSettings {
    /** Batch after batch, one in this time at most. */
    record Every(Duration interval) implements TriggerSettings {}

    /** One batch with all that is there, then the stream ends. */
    record Once() implements TriggerSettings {}

    /** All that is there, in batches, then the stream ends. */
    record AvailableNow() implements TriggerSettings {}

    /** Batch after batch without a pause between them. */
    record Continuous() implements TriggerSettings {}

    /** What holds if nothing is written. */
    TriggerSettings DEFAULT = new Every(Duration.ofSeconds(1));

    /** @throws IllegalArgumentException if it is no time */
    static TriggerSettings parse(String text) {
        try {
            return new Every(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be once, available-now, continuous or a time such as 10 s", e);
        }
    }
}

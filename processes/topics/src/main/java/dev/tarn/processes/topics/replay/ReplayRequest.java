package dev.tarn.processes.topics.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.processes.topics.event.RowEvents.Format;
import dev.tarn.processes.topics.event.RowEvents.Registered;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, and how.
 *
 * @param shown the file as the user wrote it
 * @param lock a file that one replay of this file to this topic holds at a time
 * @param delimiter null to guess it
 * @param keyColumn null for events without a key
 * @param value null for JSON objects of texts
 * @param eventsPerSecond 0 for as fast as it goes
 * @param step between the timestamps of two events; null if they have no step
 * @param start of the timestamps; null for when the replay began
 * @param timeColumn null if no column has the timestamps
 * @param partitions of a topic that is made; 0 if that was not said
 */
public record ReplayRequest(
        Path file,
        String shown,
        Path lock,
        String topic,
        Format format,
        @Nullable Character delimiter,
        @Nullable String keyColumn,
        @Nullable Registered value,
        @Nullable Registered key,
        double eventsPerSecond,
        @Nullable Duration step,
        @Nullable Instant start,
        @Nullable String timeColumn,
        int partitions,
        boolean resumes) {
    /** From what the command says. */
    public static ReplayRequest parse(JsonNode node) {
        String delimiter = text(node, "delimiter");
        String start = text(node, "start");
        return new ReplayRequest(
                Path.of(node.path("file").asText()),
                node.path("shown").asText(),
                Path.of(node.path("lock").asText()),
                node.path("topic").asText(),
                Format.valueOf(node.path("format").asText().toUpperCase(Locale.ROOT)),
                delimiter == null ? null : delimiter.charAt(0),
                text(node, "key"),
                registered(node.path("schemas").path("value")),
                registered(node.path("schemas").path("key")),
                node.path("eventsPerSecond").asDouble(0),
                node.hasNonNull("stepNanos")
                        ? Duration.ofNanos(node.path("stepNanos").asLong())
                        : null,
                start == null ? null : Instant.parse(start),
                text(node, "timeColumn"),
                node.path("partitions").asInt(0),
                node.path("resume").asBoolean());
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    private static @Nullable Registered registered(JsonNode node) {
        return node.isObject()
                ? new Registered(
                        node.path("subject").asText(),
                        node.path("id").asInt(),
                        new Schema.Parser()
                                .setValidate(false)
                                .setValidateDefaults(false)
                                .parse(node.path("schema").asText()))
                : null;
    }
}

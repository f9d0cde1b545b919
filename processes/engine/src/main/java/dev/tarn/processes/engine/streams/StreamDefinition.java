package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream does, as the server reads it from its file.
 *
 * @param maxEvents a batch takes at most so many events
 */
public record StreamDefinition(
        String name, List<Input> inputs, String sql, Output output, Mode mode, Trigger trigger, int maxEvents) {
    public StreamDefinition {
        inputs = List.copyOf(inputs);
    }

    /** The topics that it reads. */
    List<String> topics() {
        return inputs.stream()
                .filter(TopicInput.class::isInstance)
                .map(input -> ((TopicInput) input).topic())
                .toList();
    }

    /** The same stream, which ends when it has read what is there now. */
    StreamDefinition untilCaughtUp() {
        return new StreamDefinition(name, inputs, sql, output, mode, new AvailableNow(), maxEvents);
    }

    /** What goes out after each batch. */
    public enum Mode {
        COMPLETE,
        UPDATE,
        APPEND
    }

    /** How events are written. */
    public enum Format {
        AVRO,
        JSON
    }

    /** How files are written. */
    public enum FileFormat {
        CSV,
        PARQUET
    }

    /** What the SQL sees under a name. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TopicInput.class, name = "topic"),
        @JsonSubTypes.Type(value = FileInput.class, name = "file"),
        @JsonSubTypes.Type(value = TableInput.class, name = "table")
    })
    public sealed interface Input {
        String name();
    }

    /**
     * Events.
     *
     * @param time the column that says when an event happened; null for the time of its record
     * @param watermarkMillis how late an event may come; null for no limit
     */
    public record TopicInput(
            String name,
            String topic,
            Format format,
            @Nullable String time,
            @Nullable Long watermarkMillis,
            boolean fromLatest)
            implements Input {}

    /** @param schema its name in {@code schemas/}; null for none */
    public record FileInput(
            String name,
            String file,
            FileFormat format,
            @Nullable String schema,
            String delimiter) implements Input {}

    /** @param table {@code database.table} */
    public record TableInput(String name, String table) implements Input {}

    /** Where rows go. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TopicTarget.class, name = "topic"),
        @JsonSubTypes.Type(value = TableTarget.class, name = "table"),
        @JsonSubTypes.Type(value = FilesTarget.class, name = "files"),
        @JsonSubTypes.Type(value = ConsoleTarget.class, name = "console")
    })
    public sealed interface Output {}

    /** @param key columns of the records' keys */
    public record TopicTarget(String topic, Format format, List<String> key) implements Output {}

    /** @param key columns that name a row */
    public record TableTarget(String table, List<String> key) implements Output {}

    /** A folder. */
    public record FilesTarget(String folder, FileFormat format) implements Output {}

    /** Who watches. */
    public record ConsoleTarget() implements Output {}

    /** When it looks for events. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Every.class, name = "every"),
        @JsonSubTypes.Type(value = Once.class, name = "once"),
        @JsonSubTypes.Type(value = AvailableNow.class, name = "available-now"),
        @JsonSubTypes.Type(value = Continuous.class, name = "continuous")
    })
    public sealed interface Trigger {
        /** Whether it ends by itself. */
        default boolean ends() {
            return this instanceof Once || this instanceof AvailableNow;
        }
    }

    /** In batches. */
    public record Every(long millis) implements Trigger {}

    /** One batch. */
    public record Once() implements Trigger {}

    /** All that is there. */
    public record AvailableNow() implements Trigger {}

    /** One batch after the other without a pause. */
    public record Continuous() implements Trigger {}
}

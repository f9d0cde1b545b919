package dev.tarn.settings.stream;

import java.util.List;

/** Where a stream's rows go. */
public sealed interface OutputSettings {
    /** @param key the columns of the records' keys; none for records without a key */
    record TopicOutput(String topic, TopicFormat format, List<String> key) implements OutputSettings {
        public TopicOutput {
            key = List.copyOf(key);
        }
    }

    /**
     * A table of the lake's own, {@code database.table}.
     *
     * @param key the columns that name a row, which a later one replaces; none if all rows are kept
     */
    record TableOutput(String table, List<String> key) implements OutputSettings {
        public TableOutput {
            key = List.copyOf(key);
        }
    }

    /** @param folder a path relative to the lake directory, or an address */
    record FilesOutput(String folder, FileFormat format) implements OutputSettings {}

    /** Whoever watches the stream, or the engine's log. */
    record ConsoleOutput() implements OutputSettings {}
}

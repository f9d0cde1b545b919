package dev.tarn.settings.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a stream reads. */
public sealed interface InputSettings {
    /**
     * Events, as they come.
     *
     * @param time the column that says when an event happened; null for the time of its record
     * @param watermark how late an event may come; null if there is no limit
     */
    record TopicInput(
            String topic,
            TopicFormat format,
            @Nullable String time,
            @Nullable Duration watermark,
            Start from) implements InputSettings {}

    /**
     * A file, which is read anew for each batch.
     *
     * @param file a path relative to the lake directory, or an address
     * @param schema the name of a schema in {@code schemas/}; null where the file itself says all, or all columns are text
     * @param delimiter of a CSV file
     */
    record FileInput(
            String file, FileFormat format, @Nullable String schema, char delimiter) implements InputSettings {}

    /** A table of the lake, {@code database.table}, which is read anew for each batch. */
    record TableInput(String table) implements InputSettings {}

    /** Where a stream begins in a topic if it has no checkpoint yet. */
    enum Start {
        EARLIEST,
        LATEST
    }
}

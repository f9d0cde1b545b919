package dev.tarn.collect.capture;

import dev.tarn.collect.SourcePosition;
import dev.tarn.collect.load.LoadStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one source at one moment.
 *
 * @param connector the connector that reads it
 * @param database its address for JDBC
 * @param message words for a person; null if there is nothing to say
 * @param problems what must be corrected, each a sentence with its next step
 * @param tables what flows into the lake
 * @param raw the connector that keeps raw files; null before the source runs
 * @param position how far the reading has come
 * @param loads of tables, as far as they are not over
 * @param lastError the last failure of one of its connectors, with its time; null if there was none
 */
public record SourceStatus(
        String name,
        String connector,
        String database,
        SourceState state,
        @Nullable String message,
        List<String> problems,
        List<TableStatus> tables,
        @Nullable SinkStatus raw,
        Optional<SourcePosition> position,
        List<LoadStatus> loads,
        @Nullable String lastError) {
    public SourceStatus {
        problems = List.copyOf(problems);
        tables = List.copyOf(tables);
        loads = List.copyOf(loads);
    }

    /** A table of the database, its topic, and the tables of the lake that it feeds. */
    public record TableStatus(String table, String topic, List<SinkStatus> sinks) {
        public TableStatus {
            sinks = List.copyOf(sinks);
        }
    }

    /**
     * A connector that takes changes out of Kafka.
     *
     * @param target the table of the lake, or {@code raw}
     * @param type {@code MERGE_ON_READ}, {@code COPY_ON_WRITE} or {@code RAW}
     * @param state {@code running}, {@code starting}, {@code restarting}, {@code failed} or {@code absent}
     * @param message why it is not running; null if it is
     */
    public record SinkStatus(
            String target,
            String type,
            String connector,
            String state,
            @Nullable String message) {}
}

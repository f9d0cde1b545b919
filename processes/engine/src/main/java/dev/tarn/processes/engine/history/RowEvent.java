package dev.tarn.processes.engine.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file says of a row. */
sealed interface RowEvent {
    /** The commit that did it. */
    String instant();

    /** The row was written so. */
    record Written(String instant, String partition, Map<String, @Nullable Object> row) implements RowEvent {}

    /**
     * The row was taken away, from this file group at least.
     *
     * @param lsn the position in the source's log of what took it away; null where the file does not say
     */
    record Removed(
            String instant, String partition, @Nullable Long lsn) implements RowEvent {}
}

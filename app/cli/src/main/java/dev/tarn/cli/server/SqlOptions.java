package dev.tarn.cli.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a statement runs, where that differs from what the lake's settings say.
 *
 * @param maxRows null for that of the settings
 * @param timeout null for that of the settings
 * @param engine spark, fast or auto; null for auto, of which nothing is said then
 * @param asOf the moment to read tables at, as the user wrote it; null for now
 */
public record SqlOptions(
        @Nullable Integer maxRows,
        @Nullable Duration timeout,
        @Nullable String asOf,
        @Nullable String engine) {
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (maxRows != null) {
            fields.put("maxRows", maxRows);
        }
        if (timeout != null) {
            fields.put("timeoutSeconds", timeout.toSeconds());
        }
        if (asOf != null) {
            fields.put("asOf", asOf);
        }
        if (engine != null) {
            fields.put("engine", engine);
        }
        return fields;
    }
}

package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source, as the server tells it.
 *
 * @param answer all that the server said of it
 */
public record SourceStatus(
        String name,
        String state,
        String connector,
        String database,
        @Nullable String message,
        List<String> problems,
        @Nullable String slot,
        @Nullable String confirmedLsn,
        @Nullable Long lagBytes,
        @Nullable String lastError,
        List<Captured> tables,
        Optional<Sink> raw,
        List<Load> loads,
        Map<String, Object> answer) {

    /** A table of the database and where it goes. */
    public record Captured(String table, String topic, List<Sink> sinks) {}

    /**
     * A load of a table that is not over.
     *
     * @param text how far it is, for a person
     */
    public record Load(String table, String target, String text) {}

    /** A connector that takes changes into the lake. */
    public record Sink(
            String target,
            String type,
            String connector,
            String state,
            @Nullable String message) {
        private static Sink parse(JsonFields fields) throws IOException {
            return new Sink(
                    fields.text("target"),
                    fields.text("type"),
                    fields.text("connector"),
                    fields.text("state"),
                    fields.optionalText("message"));
        }
    }

    static SourceStatus parse(JsonFields fields) throws IOException {
        List<String> problems = new ArrayList<>();
        if (fields.values().get("problems") instanceof List<?> list) {
            list.forEach(problem -> problems.add(String.valueOf(problem)));
        }
        List<Captured> tables = new ArrayList<>();
        for (JsonFields table : fields.objects("tables")) {
            List<Sink> sinks = new ArrayList<>();
            for (JsonFields sink : table.objects("sinks")) {
                sinks.add(Sink.parse(sink));
            }
            tables.add(new Captured(table.text("table"), table.text("topic"), sinks));
        }
        List<Load> loads = new ArrayList<>();
        for (JsonFields load : fields.objects("loads")) {
            loads.add(new Load(load.text("table"), load.text("target"), load.text("text")));
        }
        Optional<JsonFields> raw = fields.optionalObject("raw");
        return new SourceStatus(
                fields.text("name"),
                fields.text("state"),
                fields.text("connector"),
                fields.text("database"),
                fields.optionalText("message"),
                problems,
                fields.optionalText("slot"),
                fields.optionalText("confirmedLsn"),
                fields.optionalNumber("lagBytes"),
                fields.optionalText("lastError"),
                tables,
                raw.isPresent() ? Optional.of(Sink.parse(raw.orElseThrow())) : Optional.empty(),
                loads,
                fields.values());
    }
}

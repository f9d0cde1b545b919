package dev.tarn.server;

import dev.tarn.collect.capture.SourceState;
import dev.tarn.collect.capture.SourceStatus;
import dev.tarn.collect.capture.SourceStatus.SinkStatus;
import dev.tarn.collect.capture.SourceStatus.TableStatus;
import dev.tarn.collect.load.LoadStatus;
import dev.tarn.collect.postgres.SqlResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API says of sources. */
final class SourceReport {
    private SourceReport() {}

    static Map<String, @Nullable Object> sources(List<SourceStatus> statuses) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("settled", statuses.stream().noneMatch(status -> status.state() == SourceState.STARTING));
        document.put("sources", statuses.stream().map(SourceReport::source).toList());
        return document;
    }

    static Map<String, @Nullable Object> results(List<SqlResult> results) {
        return Map.of("results", results.stream().map(SourceReport::result).toList());
    }

    private static Map<String, @Nullable Object> source(SourceStatus status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", status.name());
        fields.put("state", status.state().word());
        fields.put("connector", status.connector());
        fields.put("database", status.database());
        fields.put("message", status.message());
        fields.put("problems", status.problems());
        fields.put("slot", status.position().map(position -> position.slot()).orElse(null));
        fields.put(
                "slotActive",
                status.position().map(position -> position.active()).orElse(null));
        fields.put(
                "confirmedLsn",
                status.position().map(position -> position.confirmed()).orElse(null));
        fields.put(
                "lagBytes",
                status.position().map(position -> position.lagBytes()).orElse(null));
        fields.put("lastError", status.lastError());
        fields.put("tables", status.tables().stream().map(SourceReport::table).toList());
        fields.put("loads", status.loads().stream().map(SourceReport::load).toList());
        fields.put("raw", status.raw() == null ? null : sink(status.raw()));
        return fields;
    }

    private static Map<String, @Nullable Object> load(LoadStatus status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", status.table());
        fields.put("target", status.target());
        fields.put("phase", status.phase().name().toLowerCase(Locale.ROOT));
        fields.put("rows", status.rows());
        fields.put("bytes", status.bytes());
        fields.put("expectedRows", status.expectedRows());
        fields.put("millis", status.millis());
        fields.put("rowsPerSecond", status.rate());
        fields.put("secondsLeft", status.secondsLeft() < 0 ? null : status.secondsLeft());
        fields.put("message", status.message());
        fields.put("text", status.text());
        return fields;
    }

    private static Map<String, @Nullable Object> table(TableStatus status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", status.table());
        fields.put("topic", status.topic());
        fields.put("sinks", status.sinks().stream().map(SourceReport::sink).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> sink(SinkStatus status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("target", status.target());
        fields.put("type", status.type());
        fields.put("connector", status.connector());
        fields.put("state", status.state());
        fields.put("message", status.message());
        return fields;
    }

    private static Map<String, @Nullable Object> result(SqlResult result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("command", result.command());
        fields.put("count", result.count());
        fields.put("columns", result.columns());
        fields.put("rows", result.rows());
        fields.put("truncated", result.truncated());
        return fields;
    }
}

package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a row. What the table does not say is null.
 *
 * @param instant the commit that brought it
 * @param completedAt when readers began to see it, ISO 8601
 * @param sourceTime when the source made the change, ISO 8601
 * @param changes what differs from the version before
 * @param row its columns; null where the row was taken away
 */
public record RowVersion(
        @Nullable String instant,
        @Nullable String completedAt,
        @Nullable String sourceTime,
        @Nullable String operation,
        @Nullable Long lsn,
        List<ColumnChange> changes,
        @Nullable Map<String, @Nullable Object> row) {

    /** A column's value before and after, as JSON has it. */
    public record ColumnChange(
            String column, @Nullable Object old, @Nullable Object now) {
        static List<ColumnChange> parse(List<JsonFields> list) throws IOException {
            List<ColumnChange> changes = new ArrayList<>();
            for (JsonFields change : list) {
                changes.add(new ColumnChange(
                        change.text("column"),
                        change.values().get("old"),
                        change.values().get("now")));
            }
            return changes;
        }
    }

    static RowVersion parse(JsonFields fields) throws IOException {
        return new RowVersion(
                fields.optionalText("instant"),
                fields.optionalText("completedAt"),
                fields.optionalText("sourceTime"),
                fields.optionalText("operation"),
                fields.optionalNumber("lsn"),
                ColumnChange.parse(fields.objects("changes")),
                fields.optionalObject("row")
                        .map(row -> new LinkedHashMap<String, @Nullable Object>(row.values()))
                        .orElse(null));
    }
}

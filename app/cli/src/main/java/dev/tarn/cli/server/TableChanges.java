package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that changed between two moments, the newest version of each.
 *
 * @param operations how many rows by their last operation
 * @param rows the first of them
 * @param begin the moment at which they begin; null where the server does not say
 * @param end the moment at which they end
 * @param answer all that the server said
 */
public record TableChanges(
        Map<String, Long> operations,
        List<ChangedRow> rows,
        @Nullable ShownMoment begin,
        @Nullable ShownMoment end,
        Map<String, Object> answer) {

    /** One row; what the table does not say is null. */
    public record ChangedRow(
            String operation,
            @Nullable String instant,
            @Nullable String sourceTime,
            @Nullable Long lsn,
            Map<String, @Nullable Object> row) {}

    static TableChanges parse(JsonFields fields) throws IOException {
        Map<String, Long> operations = new LinkedHashMap<>();
        for (Map.Entry<String, String> count : fields.texts("operations").entrySet()) {
            operations.put(count.getKey(), Long.valueOf(count.getValue()));
        }
        List<ChangedRow> rows = new ArrayList<>();
        for (JsonFields row : fields.objects("rows")) {
            rows.add(new ChangedRow(
                    row.text("operation"),
                    row.optionalText("instant"),
                    row.optionalText("sourceTime"),
                    row.optionalNumber("lsn"),
                    row.optionalObject("row").map(JsonFields::values).orElse(Map.of())));
        }
        return new TableChanges(
                operations,
                rows,
                ShownMoment.find(fields, "since").orElse(null),
                ShownMoment.find(fields, "until").orElse(null),
                fields.values());
    }

    /** How many rows changed. */
    public long count() {
        return operations.values().stream().mapToLong(Long::longValue).sum();
    }
}

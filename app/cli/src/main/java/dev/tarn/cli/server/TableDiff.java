package dev.tarn.cli.server;

import dev.tarn.cli.server.RowVersion.ColumnChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two moments of a table.
 *
 * @param changedColumns how many of the changed rows differ in a column
 * @param rows the first of them
 * @param begin the moment at which they begin; null where the server does not say
 * @param end the moment at which they end
 * @param answer all that the server said
 */
public record TableDiff(
        long added,
        long removed,
        long changed,
        Map<String, Long> changedColumns,
        List<RowDifference> rows,
        @Nullable ShownMoment begin,
        @Nullable ShownMoment end,
        Map<String, Object> answer) {

    /**
     * One row that differs.
     *
     * @param change added, removed or changed
     * @param key the values of the key columns
     * @param columns that differ; those of the whole row if it was added or removed
     */
    public record RowDifference(String change, Map<String, @Nullable Object> key, List<ColumnChange> columns) {}

    static TableDiff parse(JsonFields fields) throws IOException {
        Map<String, Long> changedColumns = new LinkedHashMap<>();
        for (Map.Entry<String, String> count : fields.texts("changedColumns").entrySet()) {
            changedColumns.put(count.getKey(), Long.valueOf(count.getValue()));
        }
        List<RowDifference> rows = new ArrayList<>();
        for (JsonFields row : fields.objects("rows")) {
            rows.add(new RowDifference(
                    row.text("change"),
                    row.optionalObject("key").map(JsonFields::values).orElse(Map.of()),
                    ColumnChange.parse(row.objects("columns"))));
        }
        return new TableDiff(
                fields.number("added"),
                fields.number("removed"),
                fields.number("changed"),
                changedColumns,
                rows,
                ShownMoment.find(fields, "from").orElse(null),
                ShownMoment.find(fields, "to").orElse(null),
                fields.values());
    }

    /** How many rows differ. */
    public long count() {
        return added + removed + changed;
    }
}

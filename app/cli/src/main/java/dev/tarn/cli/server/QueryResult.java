package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query of the lake gave.
 *
 * @param columns names; two may be the same
 * @param rows values as JSON has them
 * @param truncated whether there were more rows
 * @param ranOn words about the engine that ran it, where one was asked for; null otherwise
 * @param shown the moment that they show; null for now
 */
public record QueryResult(
        List<String> columns,
        List<List<@Nullable Object>> rows,
        boolean truncated,
        @Nullable String ranOn,
        @Nullable ShownMoment shown) {
    static QueryResult parse(JsonFields fields) throws IOException {
        List<String> columns = new ArrayList<>();
        for (JsonFields column : fields.objects("columns")) {
            columns.add(column.text("name"));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (fields.values().get("rows") instanceof List<?> list) {
            for (Object row : list) {
                rows.add(new ArrayList<>((List<?>) row));
            }
        }
        return new QueryResult(
                columns,
                rows,
                Boolean.TRUE.equals(fields.values().get("truncated")),
                ranOn(fields.values()),
                ShownMoment.find(fields, "asOf").orElse(null));
    }

    /** For those who have not asked which engine it was. */
    QueryResult withoutEngine() {
        return new QueryResult(columns, rows, truncated, null, shown);
    }

    private static @Nullable String ranOn(Map<String, @Nullable Object> fields) {
        if ("fast".equals(fields.get("engine"))) {
            return "Run by the fast engine.";
        }
        return fields.get("notFast") == null ? null : "Run by Spark: " + fields.get("notFast") + ".";
    }

    /** The rows as objects. A second column of the same name is {@code name_2}. */
    public List<Map<String, @Nullable Object>> objects() {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String name = columns.get(i);
                for (int again = 2; object.containsKey(name); again++) {
                    name = columns.get(i) + "_" + again;
                }
                object.put(name, row.get(i));
            }
            objects.add(object);
        }
        return objects;
    }
}

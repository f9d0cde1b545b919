package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one SQL statement gave.
 *
 * @param command its first word, such as {@code UPDATE}
 * @param count how many rows it changed, or returned
 * @param columns empty if it returns no rows
 * @param truncated whether there were more rows
 */
public record SqlResult(
        String command, long count, List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {
    private static final Set<String> COUNTED = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "WITH");

    static SqlResult parse(JsonFields fields) throws IOException {
        List<String> columns = new ArrayList<>();
        if (fields.values().get("columns") instanceof List<?> list) {
            list.forEach(column -> columns.add(String.valueOf(column)));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (fields.values().get("rows") instanceof List<?> list) {
            for (Object row : list) {
                rows.add(new ArrayList<>((List<?>) row));
            }
        }
        return new SqlResult(
                fields.text("command"),
                fields.number("count"),
                columns,
                rows,
                Boolean.TRUE.equals(fields.values().get("truncated")));
    }

    /** Such as {@code UPDATE 3}. */
    public String words() {
        return COUNTED.contains(command) ? command + " " + count : command;
    }

    /** For programs: the rows as objects, or the count. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("command", command);
        document.put("count", count);
        if (!columns.isEmpty()) {
            List<Map<String, @Nullable Object>> objects = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    object.put(columns.get(i), row.get(i));
                }
                objects.add(object);
            }
            document.put("rows", objects);
        }
        return document;
    }
}

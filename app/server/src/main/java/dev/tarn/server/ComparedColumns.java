package dev.tarn.server;

import dev.tarn.analyze.postgres.PostgresTable;
import dev.tarn.analyze.verify.ColumnForm;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.FieldNames;
import dev.tarn.model.TarnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a table are compared with which, and in which form; what cannot be compared is named with its reason.
 *
 * @param source the source's columns, key columns first
 * @param lake the lake's names of the same
 * @param forms of the same
 * @param keys how many are key columns
 * @param left names of columns to why they are not compared
 */
record ComparedColumns(
        List<PostgresTable.Column> source,
        List<String> lake,
        List<ColumnForm> forms,
        int keys,
        Map<String, String> left) {

    /** @param lakeTypes of the lake's columns by their names, metadata columns among them */
    static ComparedColumns of(String fullName, PostgresTable table, List<String> key, Map<String, String> lakeTypes) {
        List<PostgresTable.Column> source = new ArrayList<>();
        List<String> lake = new ArrayList<>();
        List<ColumnForm> forms = new ArrayList<>();
        Map<String, String> left = new LinkedHashMap<>();
        for (String name : key) {
            PostgresTable.Column column = table.columns().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> badKey(fullName, name, "its source has no such column"));
            String field = FieldNames.field(name);
            String type = lakeTypes.getOrDefault(field, "none");
            ColumnForm form = form(column, type)
                    .filter(each -> !each.isList() && each.value().isReadable())
                    .orElseThrow(() -> badKey(
                            fullName, name, "its type is " + column.sqlType() + " there, and " + type + " here"));
            source.add(column);
            lake.add(field);
            forms.add(form);
        }
        Set<String> unseen = new LinkedHashSet<>(lakeTypes.keySet());
        lake.forEach(unseen::remove);
        for (PostgresTable.Column column : table.columns()) {
            String field = FieldNames.field(column.name());
            unseen.remove(field);
            if (key.contains(column.name())) {
                continue;
            }
            String type = lakeTypes.get(field);
            Optional<ColumnForm> form = type == null ? Optional.empty() : form(column, type);
            if (form.isPresent()) {
                source.add(column);
                lake.add(field);
                forms.add(form.orElseThrow());
            } else {
                left.put(
                        column.name(),
                        type == null
                                ? "the lake has no such column"
                                : "its type is " + column.sqlType() + " in the source and " + type + " in the lake");
            }
        }
        unseen.stream()
                .filter(field -> !field.startsWith("_hoodie_") && !field.startsWith("__"))
                .forEach(field -> left.put(field, "the source has no such column"));
        return new ComparedColumns(source, lake, forms, key.size(), left);
    }

    private static Optional<ColumnForm> form(PostgresTable.Column column, String lakeType) {
        return ColumnForm.of(column.type(), column.isEnum(), column.isArray(), lakeType);
    }

    private static TarnException badKey(String table, String column, String reason) {
        return new TarnException(
                ErrorKind.USER,
                "VERIFY_KEY",
                "Cannot verify table '" + table + "': rows are found by key column '" + column + "', but " + reason
                        + ". Choose another key under key: in the source's file.");
    }
}

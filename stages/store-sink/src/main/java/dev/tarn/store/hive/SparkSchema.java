package dev.tarn.store.hive;

import dev.tarn.store.Column;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes columns as the JSON that Spark keeps in a table's properties (Spark's {@code StructType.json}). */
final class SparkSchema {
    private final Map<String, String> comments;

    SparkSchema(Map<String, String> comments) {
        this.comments = comments;
    }

    /** Hudi's own columns first, then the table's, those of its partitions last, as Spark orders them. */
    String json(List<String> hudiColumns, Columns columns, List<String> partitionColumns) {
        List<String> fields = new ArrayList<>();
        hudiColumns.forEach(name -> fields.add(field(name, "\"string\"")));
        for (Column column : columns.list()) {
            if (!partitionColumns.contains(column.name())) {
                fields.add(field(column.name(), type(column.type())));
            }
        }
        for (String name : partitionColumns) {
            fields.add(field(name, type(columns.at(columns.position(name)).type())));
        }
        return "{\"type\":\"struct\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    private String field(String name, String type) {
        String comment = comments.get(name);
        String metadata = comment == null ? "{}" : "{\"comment\":" + quoted(comment) + "}";
        return "{\"name\":" + quoted(name) + ",\"type\":" + type + ",\"nullable\":true,\"metadata\":" + metadata + "}";
    }

    private static String type(ColumnType type) {
        if (type instanceof ColumnType.ListOf list) {
            return "{\"type\":\"array\",\"elementType\":" + type(list.element()) + ",\"containsNull\":true}";
        }
        if (type instanceof ColumnType.Decimal) {
            return quoted(HiveTypes.name(type));
        }
        return quoted(
                switch ((Scalar) type) {
                    case INT -> "integer";
                    case LONG -> "long";
                    default -> HiveTypes.name(type);
                });
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}

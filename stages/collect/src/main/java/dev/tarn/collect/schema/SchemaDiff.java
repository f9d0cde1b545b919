package dev.tarn.collect.schema;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Tells two schemas apart field by field, in the words of people: {@code decimal(5,2)}, not bytes with properties. */
final class SchemaDiff {
    private final List<SchemaChange> changes = new ArrayList<>();

    private SchemaDiff() {}

    static List<SchemaChange> between(Schema before, Schema after) {
        SchemaDiff diff = new SchemaDiff();
        diff.compare("", before, after);
        return diff.changes;
    }

    private void compare(String path, Schema before, Schema after) {
        if (before.getType() != Schema.Type.RECORD || after.getType() != Schema.Type.RECORD) {
            change(path, words(before), words(after));
            return;
        }
        change(path, before.getFullName(), after.getFullName());
        Map<String, Field> old = fields(before);
        for (Field field : after.getFields()) {
            Field was = old.remove(field.name());
            String at = path.isEmpty() ? field.name() : path + "." + field.name();
            if (was == null) {
                changes.add(new SchemaChange(at, "added", null, words(field)));
            } else if (isRecord(was) && isRecord(field)) {
                compare(at, was.schema(), field.schema());
            } else {
                change(at, words(was), words(field));
            }
        }
        old.forEach((name, field) -> changes.add(
                new SchemaChange(path.isEmpty() ? name : path + "." + name, "removed", words(field), null)));
    }

    private void change(String path, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new SchemaChange(path, "changed", before, after));
        }
    }

    private static Map<String, Field> fields(Schema record) {
        Map<String, Field> fields = new LinkedHashMap<>();
        record.getFields().forEach(field -> fields.put(field.name(), field));
        return fields;
    }

    private static boolean isRecord(Field field) {
        return field.schema().getType() == Schema.Type.RECORD;
    }

    private static String words(Field field) {
        return words(field.schema()) + (field.hasDefaultValue() ? " default " + defaultValue(field) : "");
    }

    private static String defaultValue(Field field) {
        Object value = field.defaultVal();
        if (value == org.apache.avro.JsonProperties.NULL_VALUE) {
            return "null";
        }
        try {
            return JSON.std.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A type as people say it. */
    static String words(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        if (logical != null) {
            return logical.getName();
        }
        return switch (schema.getType()) {
            case UNION ->
                String.join(
                        " or ",
                        schema.getTypes().stream().map(SchemaDiff::words).toList());
            case ARRAY -> "array of " + words(schema.getElementType());
            case MAP -> "map of " + words(schema.getValueType());
            case RECORD -> "record " + schema.getFullName();
            case ENUM -> "enum " + schema.getEnumSymbols();
            case FIXED -> "fixed(" + schema.getFixedSize() + ")";
            default -> schema.getType().getName();
        };
    }
}

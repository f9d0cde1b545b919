package dev.tarn.processes.topics.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.processes.topics.kafka.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Makes events of rows. A value that does not fit its type is a {@link RowException}. */
public final class RowEvents {
    private final List<String> columns;
    private final Part value;
    private final @Nullable Part key;

    /**
     * A schema of the registry.
     *
     * @param id of it
     */
    public record Registered(String subject, int id, Schema schema) {}

    /** How events look. */
    public enum Format {
        AVRO,
        JSON
    }

    /** Bytes of a row. */
    private interface Part {
        byte[] of(List<String> row) throws RowException;
    }

    /**
     * @param columns of the file
     * @param schema of the values; null if each column is a text of a JSON object
     * @param keyColumn null for events without a key
     * @param keySchema null for keys that are the text of their column
     */
    public RowEvents(
            List<String> columns,
            Format format,
            @Nullable Registered schema,
            @Nullable String keyColumn,
            @Nullable Registered keySchema) {
        this.columns = List.copyOf(columns);
        if (schema == null) {
            this.value = this::texts;
        } else {
            this.value = part(format, schema);
        }
        this.key = keyColumn == null ? null : key(keyColumn, keySchema);
    }

    /** The columns of the file that the schema does not have. */
    public static List<String> unused(List<String> columns, @Nullable Registered schema) {
        Set<String> unused = new LinkedHashSet<>(columns);
        if (schema == null) {
            return List.of();
        }
        schema.schema().getFields().forEach(field -> unused.remove(field.name()));
        return List.copyOf(unused);
    }

    public byte[] value(List<String> row) throws RowException {
        return value.of(row);
    }

    public byte @Nullable [] key(List<String> row) throws RowException {
        return key == null ? null : key.of(row);
    }

    private Part part(Format format, Registered registered) {
        Fields fields = fields(registered);
        if (format == Format.JSON) {
            return row -> JsonValues.text(JsonValues.of(fields.record(row))).getBytes(StandardCharsets.UTF_8);
        }
        AvroWire wire = new AvroWire(registered.schema(), registered.id());
        return row -> wire.encode(fields.record(row));
    }

    private Part key(String column, @Nullable Registered registered) {
        int index = index(column);
        if (registered == null) {
            return row -> row.get(index).getBytes(StandardCharsets.UTF_8);
        }
        if (registered.schema().getType() == Schema.Type.RECORD) {
            return part(Format.AVRO, registered);
        }
        if (!FieldText.fits(registered.schema())) {
            throw unfit(registered.subject(), registered.schema());
        }
        AvroWire wire = new AvroWire(registered.schema(), registered.id());
        return row -> wire.encode(parse(registered.schema(), column, row.get(index)));
    }

    private int index(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw Refusal.user(
                    "COLUMN_UNKNOWN",
                    "Cannot take column '" + column + "': the file has " + String.join(", ", columns)
                            + ". Name one of them.");
        }
        return index;
    }

    private byte[] texts(List<String> row) {
        ObjectNode object = JsonValues.JSON.createObjectNode();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), row.get(i));
        }
        return JsonValues.text(object).getBytes(StandardCharsets.UTF_8);
    }

    private record Source(
            Schema.Field field, int column, @Nullable Object otherwise) {}

    private record Fields(Schema schema, List<Source> sources) {
        GenericData.Record record(List<String> row) throws RowException {
            GenericData.Record made = new GenericData.Record(schema);
            for (Source source : sources) {
                made.put(
                        source.field().pos(),
                        source.column() < 0
                                ? source.otherwise()
                                : parse(source.field().schema(), source.field().name(), row.get(source.column())));
            }
            return made;
        }
    }

    private static @Nullable Object parse(Schema schema, String column, String text) throws RowException {
        try {
            return FieldText.parse(schema, text);
        } catch (IllegalArgumentException e) {
            throw new RowException(column, text, String.valueOf(e.getMessage()), e);
        }
    }

    private Fields fields(Registered registered) {
        Schema schema = registered.schema();
        if (schema.getType() != Schema.Type.RECORD) {
            throw unfit(registered.subject(), schema);
        }
        List<Source> sources = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            int column = columns.indexOf(field.name());
            if (column >= 0 && !FieldText.fits(field.schema())) {
                throw unfit(registered.subject() + "', field '" + field.name(), field.schema());
            }
            if (column < 0 && !field.hasDefaultValue()) {
                missing.add(field.name());
            }
            sources.add(new Source(field, column, column < 0 && field.hasDefaultValue() ? defaultOf(field) : null));
        }
        if (!missing.isEmpty()) {
            throw Refusal.user(
                    "COLUMN_MISSING",
                    "Cannot fill schema '" + registered.subject() + "': the file has no column "
                            + String.join(", ", missing) + ", only " + String.join(", ", columns)
                            + ". Name another schema, or give those fields a default.");
        }
        return new Fields(schema, sources);
    }

    private static @Nullable Object defaultOf(Schema.Field field) {
        return AvroModel.DATA.getDefaultValue(field);
    }

    private static Refusal unfit(String what, Schema schema) {
        return Refusal.user(
                "SCHEMA_UNFIT",
                "Cannot fill schema '" + what + "' from a file: its type " + FieldText.words(schema)
                        + " is none that a column can hold. Use a record of strings, numbers, decimals, booleans, dates"
                        + " and times, each nullable or not.");
    }
}

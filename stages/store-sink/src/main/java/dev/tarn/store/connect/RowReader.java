package dev.tarn.store.connect;

import dev.tarn.store.Column;
import dev.tarn.store.Columns;
import dev.tarn.store.UnavailableValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one schema. */
final class RowReader {
    private final Schema schema;
    private final Columns columns;
    private final Field[] fields;
    private final FieldReader[] readers;

    RowReader(Schema schema) {
        this.schema = schema;
        List<Column> list = new ArrayList<>();
        List<FieldReader> found = new ArrayList<>();
        for (Field field : schema.fields()) {
            FieldReader reader = FieldReader.of(field.schema());
            found.add(reader);
            list.add(new Column(field.name(), reader.type()));
        }
        this.columns = new Columns(list);
        this.fields = schema.fields().toArray(new Field[0]);
        this.readers = found.toArray(new FieldReader[0]);
    }

    Columns columns() {
        return columns;
    }

    @Nullable
    Object[] values(Struct row, UnavailableValues unavailable) {
        @Nullable Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            // Not get(): that gives a column's default where the row has null.
            Object value = row.getWithoutDefault(fields[i].name());
            if (value != null) {
                Object marked = unavailable.mark(value);
                values[i] = marked == value ? readers[i].read(value) : marked;
            }
        }
        return values;
    }

    /** A field by name; null where the schema has none. */
    @Nullable
    Object field(Struct row, String name) {
        Field field = schema.field(name);
        return field == null ? null : row.getWithoutDefault(name);
    }

    @Override
    public String toString() {
        return Stream.of(fields).map(Field::name).toList().toString();
    }
}

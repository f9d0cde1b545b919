package dev.tarn.processes.collect.avro;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A row whose null is null. Connect's {@code Struct.get} puts the default of a column in the place of a null that was
 * written; but a default says what an INSERT without the column writes, and nothing else.
 */
final class WrittenValues extends Struct {
    private final Struct row;

    WrittenValues(Struct row) {
        super(row.schema());
        this.row = row;
    }

    @Override
    public @Nullable Object get(String field) {
        return row.getWithoutDefault(field);
    }

    @Override
    public @Nullable Object get(Field field) {
        return row.getWithoutDefault(field.name());
    }

    @Override
    public @Nullable Object getWithoutDefault(String field) {
        return row.getWithoutDefault(field);
    }

    @Override
    public void validate() {
        row.validate();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WrittenValues values && values.row.equals(row);
    }

    @Override
    public int hashCode() {
        return row.hashCode();
    }
}

package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.Change;
import dev.tarn.store.Columns;
import dev.tarn.store.MetadataColumns;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Turns rows, whatever columns they came with, into the values of one table schema in Avro's form. */
final class RowEncoder {
    private final String tableName;
    private final Columns columns;
    private final Schema[] types;
    private final int op;
    private final int lsn;
    private final int sourceTime;
    private final int deleted;
    private final Map<Columns, int[]> placesOf = new IdentityHashMap<>();

    RowEncoder(String tableName, Columns columns, Schema schema) {
        this.tableName = tableName;
        this.columns = columns;
        this.types = schema.getFields().stream()
                .map(field -> AvroValues.nonNull(field.schema()))
                .toArray(Schema[]::new);
        this.op = columns.position(MetadataColumns.OP);
        this.lsn = columns.position(MetadataColumns.LSN);
        this.sourceTime = columns.position(MetadataColumns.SOURCE_TIME);
        this.deleted = columns.position(MetadataColumns.DELETED);
    }

    /** The values of the row after a change; {@link Row#UNCHANGED} stays where it is. */
    @Nullable
    Object[] encode(Change change) {
        @Nullable Object[] result = new Object[columns.size()];
        int[] places = placesOf.computeIfAbsent(change.row().columns(), this::places);
        @Nullable Object[] values = change.row().values();
        for (int i = 0; i < places.length; i++) {
            result[places[i]] = encode(values[i], places[i]);
        }
        result[op] = change.operation().letter();
        result[lsn] = change.lsn();
        result[sourceTime] = change.sourceMillis();
        result[deleted] = change.operation() == Operation.DELETE ? "true" : "false";
        return result;
    }

    private int[] places(Columns incoming) {
        return incoming.list().stream()
                .mapToInt(column -> columns.position(column.name()))
                .toArray();
    }

    private @Nullable Object encode(@Nullable Object value, int place) {
        if (value == Row.UNCHANGED || value == null) {
            return value;
        }
        // The writer sets these four itself, whatever the row says.
        if (place == op || place == lsn || place == sourceTime || place == deleted) {
            return null;
        }
        try {
            return AvroValues.toAvro(value, columns.at(place).type(), types[place]);
        } catch (ClassCastException | ArithmeticException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "STORE_VALUE",
                    "Cannot store a row in '" + tableName + "': column '"
                            + columns.at(place).name() + "' is "
                            + columns.at(place).type() + " and got a "
                            + value.getClass().getSimpleName() + " that does not fit: " + e.getMessage()
                            + ". Correct the type of the column in the source's schema.",
                    e);
        }
    }
}

package dev.tarn.store.connect;

import dev.tarn.store.Change;
import dev.tarn.store.MetadataColumns;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import dev.tarn.store.TopicPartition;
import dev.tarn.store.UnavailableValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records that Debezium's unwrap transformation made into changes. Its added fields carry the operation
 * ({@code __op}), the log position ({@code __lsn}), the source's time and whether the row was deleted.
 */
final class RecordReader {
    private static final int SCHEMAS_REMEMBERED = 64;

    private final UnavailableValues unavailable = new UnavailableValues(UnavailableValues.DEBEZIUM);
    private final Map<Schema, RowReader> readers = new HashMap<>();

    /**
     * Reads one record.
     *
     * @return empty for a tombstone, which repeats a delete for Kafka's own sake
     * @throws DataException when it is no change; the message says why
     */
    Optional<Change> read(SinkRecord record, TopicPartition partition) {
        if (record.value() == null) {
            return Optional.empty();
        }
        if (!(record.value() instanceof Struct value)) {
            throw new DataException(
                    "the value is no row but " + record.value().getClass().getSimpleName());
        }
        RowReader reader = reader(value.schema());
        Object lsn = reader.field(value, MetadataColumns.LSN);
        if (!(lsn instanceof Long position)) {
            throw new DataException("the row has no position in the source's log: __lsn is " + lsn);
        }
        Object millis = reader.field(value, MetadataColumns.SOURCE_TIME);
        return Optional.of(new Change(
                operation(reader, value),
                new Row(reader.columns(), reader.values(value, unavailable)),
                position,
                millis instanceof Long time ? time : 0,
                partition,
                record.kafkaOffset()));
    }

    private static Operation operation(RowReader reader, Struct value) {
        if ("true".equals(String.valueOf(reader.field(value, MetadataColumns.DELETED)))) {
            return Operation.DELETE;
        }
        @Nullable Object letter = reader.field(value, MetadataColumns.OP);
        for (Operation operation : Operation.values()) {
            if (operation.letter().equals(letter)) {
                return operation;
            }
        }
        throw new DataException("the operation is '" + letter + "'; known are c, r, u and d");
    }

    // Connect's converter gives the same schema object for all records of one schema.
    private RowReader reader(Schema schema) {
        RowReader reader = readers.get(schema);
        if (reader == null) {
            if (readers.size() >= SCHEMAS_REMEMBERED) {
                readers.clear();
            }
            reader = new RowReader(schema);
            readers.put(schema, reader);
        }
        return reader;
    }
}

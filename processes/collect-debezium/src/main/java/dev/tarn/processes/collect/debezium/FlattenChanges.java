package dev.tarn.processes.collect.debezium;

import io.debezium.transforms.ExtractNewRecordState;
import java.util.Set;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's unwrap transformation, and two things that it leaves out, without which a table in the lake keeps rows that
 * its source no longer has:
 *
 * <ul>
 *   <li>a TRUNCATE, which it drops, becomes a record without key and value with the header {@link #TRUNCATED};
 *   <li>the last row of a copy of a table carries the header {@link #COPIED}: what the copy did not bring is gone.
 * </ul>
 *
 * <p>The value of both is {@code <position in the log>,<milliseconds since 1970>}, as text. The lake sink reads them.
 */
public final class FlattenChanges<R extends ConnectRecord<R>> extends ExtractNewRecordState<R> {
    /** The header of a record that stands for a TRUNCATE. */
    public static final String TRUNCATED = "tarn.truncated";
    /** The header of the last row of a copy. */
    public static final String COPIED = "tarn.copied";

    private static final String TRUNCATE = "t";
    // Values of Debezium's SnapshotRecord; "last" is the last row of the last table.
    private static final Set<String> LAST_OF_A_COPY = Set.of("last_in_data_collection", "last");

    @Override
    public @Nullable R apply(R record) {
        if (!(record.value() instanceof Struct envelope)
                || envelope.schema().field("op") == null
                || envelope.schema().field("source") == null) {
            return super.apply(record);
        }
        Struct source = envelope.getStruct("source");
        if (TRUNCATE.equals(envelope.getString("op"))) {
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    null,
                    null,
                    null,
                    null,
                    record.timestamp(),
                    mark(new ConnectHeaders(), TRUNCATED, source));
        }
        R row = super.apply(record);
        if (row != null && LAST_OF_A_COPY.contains(String.valueOf(source.getString("snapshot")))) {
            mark(row.headers(), COPIED, source);
        }
        return row;
    }

    private static Headers mark(Headers headers, String name, Struct source) {
        String value = source.getInt64("lsn") + "," + source.getInt64("ts_ms");
        return headers.addString(name, value);
    }
}

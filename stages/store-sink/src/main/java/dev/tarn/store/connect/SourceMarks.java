package dev.tarn.store.connect;

import dev.tarn.store.RowsGone;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the capture says in headers, since no row can say it: that the source's table was truncated, or that a record
 * is the last of a copy. The value is {@code <position in the log>,<milliseconds since 1970>}. The other side of it is
 * {@code FlattenChanges} in the process collect-debezium.
 */
final class SourceMarks {
    static final String TRUNCATED = "tarn.truncated";
    static final String COPIED = "tarn.copied";

    private SourceMarks() {}

    /** What a record says of rows that are gone: all those before it. */
    static Optional<RowsGone> read(SinkRecord record) {
        if (record.headers().isEmpty()) {
            return Optional.empty();
        }
        Header truncated = record.headers().lastWithName(TRUNCATED);
        return truncated != null
                ? Optional.of(read(RowsGone.How.TRUNCATED, truncated))
                : Optional.ofNullable(record.headers().lastWithName(COPIED))
                        .map(copied -> read(RowsGone.How.NOT_IN_COPY, copied));
    }

    private static RowsGone read(RowsGone.How how, Header header) {
        @Nullable Object value = header.value();
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
        String[] parts = text.split(",", -1);
        try {
            return new RowsGone(how, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new DataException(
                    "the header " + header.key() + " is '" + text + "', not <position>,<milliseconds>", e);
        }
    }
}

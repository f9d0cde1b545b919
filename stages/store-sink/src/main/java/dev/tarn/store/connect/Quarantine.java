package dev.tarn.store.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.store.Change;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records that a table cannot take, each with its reason, in {@code .hoodie/tarn-quarantine/} of the table, so
 * that the stream goes on without them. One JSON file a record, named after its place in the topic: a record that comes
 * again after a crash is kept once.
 */
final class Quarantine {
    /** The folder in the table's own. */
    static final String FOLDER = ".hoodie/tarn-quarantine";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Path folder;
    private final Configuration hadoop;

    Quarantine(URI table, Configuration hadoop) {
        this.folder = new Path(new Path(table), FOLDER);
        this.hadoop = hadoop;
    }

    /** Keeps a record that is no change. */
    void put(SinkRecord record, Exception reason) throws IOException {
        write(
                record.topic(),
                record.kafkaPartition(),
                record.kafkaOffset(),
                reason,
                Map.of("value", String.valueOf(record.value())));
    }

    /** Keeps a change whose values do not fit their columns. */
    void put(Change change, Exception reason) throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < change.row().columns().size(); i++) {
            values.put(change.row().columns().at(i).name(), plain(change.row().values()[i]));
        }
        write(change.from().topic(), change.from().partition(), change.offset(), reason, values);
    }

    // Numbers that JSON's readers would round, and times, are kept as text.
    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Boolean || value instanceof Integer || value instanceof byte[]
                ? value
                : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private void write(String topic, int partition, long offset, Exception reason, Map<String, ?> values)
            throws IOException {
        Path file = new Path(folder, topic + "-" + partition + "-" + offset + ".json");
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("topic", topic);
        entry.put("partition", partition);
        entry.put("offset", offset);
        entry.put("reason", reason.getMessage());
        entry.put("record", values);
        try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file, true)) {
            out.write(JSON.writeValueAsBytes(entry));
        }
        LOG.warn("Put aside {}-{} offset {} into {}: {}", topic, partition, offset, file, reason.getMessage());
    }
}

package dev.tarn.collect.raw;

import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The records of the files beside the topic's own: tombstones and the quarantine. */
final class SideRecords {
    static final Schema TOMBSTONE = new Schema.Parser().parse("""
                    {"type": "record", "name": "Tombstone", "namespace": "dev.tarn.raw",
                     "doc": "A record without a value: the producer deleted its key.",
                     "fields": [
                       {"name": "offset", "type": "long"},
                       {"name": "timestamp", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
                       {"name": "key", "type": ["null", "bytes"], "doc": "as the producer encoded it"}]}
                    """);
    static final Schema BAD = new Schema.Parser().parse("""
                    {"type": "record", "name": "BadRecord", "namespace": "dev.tarn.raw",
                     "doc": "A record that could not be kept in a file of its topic.",
                     "fields": [
                       {"name": "topic", "type": "string"},
                       {"name": "partition", "type": "int"},
                       {"name": "offset", "type": "long"},
                       {"name": "timestamp", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
                       {"name": "reason", "type": "string"},
                       {"name": "key", "type": ["null", "bytes"], "doc": "as the producer encoded it"},
                       {"name": "value", "type": ["null", "bytes"], "doc": "as the producer encoded it"}]}
                    """);

    private SideRecords() {}

    static GenericRecord tombstone(SinkRecord record) {
        GenericRecord row = new GenericData.Record(TOMBSTONE);
        row.put("offset", record.originalKafkaOffset());
        row.put("timestamp", record.timestamp());
        row.put("key", wrap((byte[]) record.key()));
        return row;
    }

    static GenericRecord bad(SinkRecord record, String reason) {
        GenericRecord row = new GenericData.Record(BAD);
        row.put("topic", record.originalTopic());
        row.put("partition", record.originalKafkaPartition());
        row.put("offset", record.originalKafkaOffset());
        row.put("timestamp", record.timestamp());
        row.put("reason", reason);
        row.put("key", wrap((byte[]) record.key()));
        row.put("value", wrap((byte[]) record.value()));
        return row;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}

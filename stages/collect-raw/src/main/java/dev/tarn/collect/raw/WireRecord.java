package dev.tarn.collect.raw;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a record's value is in the registry's wire format: byte 0, the schema's id in 4 bytes, then Avro binary. */
sealed interface WireRecord {
    /** No value: the producer deleted the key. */
    record Tombstone() implements WireRecord {}

    /** A value with the id of its schema and its Avro bytes. */
    record Encoded(int schemaId, ByteBuffer body) implements WireRecord {}

    /** Something else. */
    record Bad(String reason) implements WireRecord {}

    /** Reads the first five bytes. */
    static WireRecord of(byte @Nullable [] value) {
        if (value == null) {
            return new Tombstone();
        }
        if (value.length < 5) {
            return new Bad("the value has " + value.length + " bytes; with byte 0 and a schema id it has at least 5");
        }
        if (value[0] != 0) {
            return new Bad("the value begins with byte 0x%02x, not with byte 0 and a schema id".formatted(value[0]));
        }
        return new Encoded(ByteBuffer.wrap(value, 1, 4).getInt(), ByteBuffer.wrap(value, 5, value.length - 5));
    }
}

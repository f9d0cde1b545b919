package dev.tarn.processes.engine.streams;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Events in Avro: byte 0, the id of the schema by which they were written in four bytes, then the event. It is resolved
 * to the reader's schema as Avro's specification says.
 */
final class AvroEvents implements EventDecoder {
    private static final long serialVersionUID = 1L;
    private static final int HEADER = 5;

    private final String readerSchema;
    private final StructType type;
    private final SchemaRegistry registry;
    private transient @Nullable Reading reading;

    AvroEvents(String readerSchema, StructType type, SchemaRegistry registry) {
        this.readerSchema = readerSchema;
        this.type = type;
        this.registry = registry;
    }

    @Override
    public InternalRow decode(byte[] value) throws UndecodableException {
        if (value.length < HEADER || value[0] != 0) {
            throw new UndecodableException("it does not begin with byte 0 and the id of a schema", null);
        }
        if (reading == null) {
            reading = new Reading(AvroSchemas.parse(readerSchema), type);
        }
        return reading.read(value, ByteBuffer.wrap(value).getInt(1), registry);
    }

    /** What one task has made for itself. */
    private static final class Reading {
        private final Schema reader;
        private final StructType type;
        private final Map<Integer, AvroRows> byWriter = new HashMap<>();
        private @Nullable BinaryDecoder decoder;

        Reading(Schema reader, StructType type) {
            this.reader = reader;
            this.type = type;
        }

        InternalRow read(byte[] value, int id, SchemaRegistry registry) throws UndecodableException {
            AvroRows rows = byWriter.get(id);
            if (rows == null) {
                rows = rows(id, registry);
                byWriter.put(id, rows);
            }
            try {
                decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
                InternalRow event = rows.read(decoder);
                if (!decoder.isEnd()) {
                    throw new UndecodableException("bytes follow after its end by schema " + id, null);
                }
                return event;
            } catch (IOException | RuntimeException e) { // What broken bytes make Avro throw is of many kinds.
                throw new UndecodableException("it does not decode by schema " + id + ": " + e, e);
            }
        }

        private AvroRows rows(int id, SchemaRegistry registry) throws UndecodableException {
            Optional<String> writer = registry.find(id);
            if (writer.isEmpty()) {
                throw new UndecodableException(
                        "the registry has no schema with the id " + Integer.toUnsignedString(id), null);
            }
            Schema schema;
            try {
                schema = AvroSchemas.parse(writer.orElseThrow());
            } catch (RuntimeException e) { // Avro's own.
                throw new UndecodableException("schema " + id + " is not a schema of Avro: " + e.getMessage(), e);
            }
            try {
                return new AvroRows(schema, reader, type);
            } catch (RuntimeException e) { // Avro's own.
                throw new UndecodableException(
                        "schema " + id + " does not resolve to that of the stream: " + e.getMessage(), e);
            }
        }
    }
}

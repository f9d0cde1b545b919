package dev.tarn.processes.engine.streams;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.sql.avro.AvroDeserializer;
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
        private final AvroDeserializer rows;
        private final GenericData data = new GenericData();
        private final Map<Integer, Events> byWriter = new HashMap<>();
        private @Nullable BinaryDecoder decoder;

        Reading(Schema reader, StructType type) {
            this.reader = reader;
            this.rows = new AvroDeserializer(reader, type, "CORRECTED", false);
            // Compares the two schemas once, not for each field of each event.
            data.setFastReaderEnabled(true);
        }

        InternalRow read(byte[] value, int id, SchemaRegistry registry) throws UndecodableException {
            Events events = byWriter.get(id);
            if (events == null) {
                events = new Events(reader(id, registry));
                byWriter.put(id, events);
            }
            try {
                decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
                GenericRecord event = events.read(decoder);
                if (!decoder.isEnd()) {
                    throw new UndecodableException("bytes follow after its end by schema " + id, null);
                }
                return (InternalRow) rows.deserialize(event).get();
            } catch (IOException | RuntimeException e) { // What broken bytes make Avro throw is of many kinds.
                throw new UndecodableException("it does not decode by schema " + id + ": " + e, e);
            }
        }

        private GenericDatumReader<GenericRecord> reader(int id, SchemaRegistry registry) throws UndecodableException {
            Optional<String> writer = registry.find(id);
            if (writer.isEmpty()) {
                throw new UndecodableException(
                        "the registry has no schema with the id " + Integer.toUnsignedString(id), null);
            }
            try {
                return new GenericDatumReader<>(AvroSchemas.parse(writer.orElseThrow()), reader, data);
            } catch (RuntimeException e) { // Avro's own.
                throw new UndecodableException("schema " + id + " is not a schema of Avro: " + e.getMessage(), e);
            }
        }
    }

    /** Reads what was written by one schema, each event into the object of the one before: rows hold none of it. */
    private static final class Events {
        private final GenericDatumReader<GenericRecord> reader;
        private @Nullable GenericRecord last;

        Events(GenericDatumReader<GenericRecord> reader) {
            this.reader = reader;
        }

        GenericRecord read(BinaryDecoder decoder) throws IOException {
            last = reader.read(last, decoder);
            return last;
        }
    }
}

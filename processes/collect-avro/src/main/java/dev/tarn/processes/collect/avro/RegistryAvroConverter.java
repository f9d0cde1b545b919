package dev.tarn.processes.collect.avro;

import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.utils.converter.AvroConverter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio's converter, which asks the registry, for the first record of a schema; from the second on it remembers the
 * answer. Apicurio's own path writes a record's schema out as text, for each record anew, to look it up: half of the
 * collect process's garbage, and a seventh of its work. A record is byte 0, the schema's 4-byte content id, Avro; it gets no
 * headers. Not thread-safe: Connect makes one for each task.
 */
public final class RegistryAvroConverter extends AvroConverter<Object> {
    private static final int PREFIX = 1 + Integer.BYTES;
    private static final int SCHEMAS_REMEMBERED = 1_000;

    /** What is written before the records of a schema, by topic: each topic registers its schemas for itself. */
    private final Map<String, Map<Schema, Writing>> writings = new HashMap<>();

    private final Map<Integer, Reading> readings = new HashMap<>();
    private final GenericData data = new GenericData();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    public RegistryAvroConverter() {
        data.setFastReaderEnabled(true);
    }

    private record Writing(byte[] prefix, GenericDatumWriter<Object> writer) {}

    private record Reading(Schema schema, DatumReader<Object> reader) {}

    // Without headers: Apicurio would add one to each record, saying "binary", for each reader to parse.
    @Override
    public byte @Nullable [] fromConnectData(
            String topic,
            @Nullable Headers headers,
            org.apache.kafka.connect.data.@Nullable Schema schema,
            @Nullable Object value) {
        return fromConnectData(topic, schema, value);
    }

    @Override
    public byte @Nullable [] fromConnectData(
            String topic, org.apache.kafka.connect.data.@Nullable Schema schema, @Nullable Object value) {
        if (schema == null || value == null) {
            return super.fromConnectData(topic, schema, value);
        }
        if (!(applySchema(schema, value) instanceof GenericRecord row)) {
            return super.fromConnectData(topic, schema, value);
        }
        Map<Schema, Writing> ofTopic = writings.computeIfAbsent(topic, x -> new IdentityHashMap<>());
        Writing known = ofTopic.get(row.getSchema());
        if (known != null) {
            return write(known, row);
        }
        byte[] bytes = super.fromConnectData(topic, schema, value);
        if (ofTopic.size() >= SCHEMAS_REMEMBERED) {
            ofTopic.clear();
        }
        byte[] prefix = new byte[PREFIX];
        System.arraycopy(bytes, 0, prefix, 0, PREFIX);
        ofTopic.put(row.getSchema(), new Writing(prefix, new GenericDatumWriter<>(row.getSchema(), data)));
        return bytes;
    }

    @Override
    protected Object applySchema(org.apache.kafka.connect.data.Schema schema, Object value) {
        return super.applySchema(schema, value instanceof Struct row ? new WrittenValues(row) : value);
    }

    private byte[] write(Writing known, GenericRecord row) {
        buffer.reset();
        buffer.writeBytes(known.prefix());
        try {
            encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
            known.writer().write(row, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException e) {
            throw new DataException(
                    "a record does not fit its schema " + row.getSchema().getFullName(), e);
        }
        return buffer.toByteArray();
    }

    @Override
    public SchemaAndValue toConnectData(String topic, @Nullable Headers headers, byte @Nullable [] value) {
        return toConnectData(topic, value);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (value == null || value.length < PREFIX || value[0] != 0) {
            return super.toConnectData(topic, value);
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        Reading reading = readings.get(id);
        if (reading == null) {
            if (readings.size() >= SCHEMAS_REMEMBERED) {
                readings.clear();
            }
            reading = ask(id);
            readings.put(id, reading);
        }
        try {
            decoder = DecoderFactory.get().binaryDecoder(value, PREFIX, value.length - PREFIX, decoder);
            return toSchemaAndValue(reading.reader().read(null, decoder));
        } catch (IOException | AvroRuntimeException e) {
            throw new DataException("a record does not fit its schema, which has id " + id, e);
        }
    }

    private Reading ask(int id) {
        ArtifactReference reference =
                ArtifactReference.builder().contentId((long) id).build();
        @SuppressWarnings("unchecked") // What AvroConverter makes.
        AvroKafkaDeserializer<Object> known = (AvroKafkaDeserializer<Object>) deserializer;
        ParsedSchema<Schema> found = known.getSchemaResolver()
                .resolveSchemaByArtifactReference(reference)
                .getParsedSchema();
        Schema schema = found.getParsedSchema();
        return new Reading(schema, data.createDatumReader(schema));
    }
}

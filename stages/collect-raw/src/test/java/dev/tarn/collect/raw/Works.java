package dev.tarn.collect.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records in wire format, of a schema that has one more field in each version. */
final class Works {
    private Works() {}

    /** @param version 1 and up; the schema has version - 1 fields more than id and title */
    static Schema schema(int version) {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Work")
                .namespace("museum.public")
                .fields()
                .requiredLong("id")
                .requiredString("title");
        for (int i = 2; i <= version; i++) {
            fields = fields.optionalInt("added" + i);
        }
        return fields.endRecord();
    }

    /** A work whose id is the offset that it will have. */
    static byte[] encoded(int schemaId, int version, long id) {
        GenericRecord work = new GenericData.Record(schema(version));
        work.put("id", id);
        work.put("title", "Komposition №" + id);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(schemaId).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(work.getSchema()).write(work, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

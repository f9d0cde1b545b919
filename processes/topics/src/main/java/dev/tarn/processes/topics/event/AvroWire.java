package dev.tarn.processes.topics.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro as it travels: byte 0, the id of the schema in 4 bytes, and the value in Avro's binary form. */
public final class AvroWire {
    private static final byte MAGIC = 0;
    private static final int HEAD = 5;

    private final GenericDatumWriter<@Nullable Object> writer;
    private final byte[] head;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);

    /** @param id of the schema in the registry */
    public AvroWire(Schema schema, int id) {
        this.writer = new GenericDatumWriter<>(schema, AvroModel.DATA);
        this.head = ByteBuffer.allocate(HEAD).put(MAGIC).putInt(id).array();
    }

    public byte[] encode(@Nullable Object value) {
        buffer.reset();
        buffer.writeBytes(head);
        try {
            writer.write(value, encoder);
            encoder.flush();
            return buffer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether these bytes may be Avro in this form. */
    static boolean isAvro(byte[] bytes) {
        return bytes.length >= HEAD && bytes[0] == MAGIC;
    }

    static int id(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    /** @throws IOException if the bytes are not of this schema, or go on behind it */
    static @Nullable Object decode(Schema schema, byte[] bytes) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, null);
        Object value = new GenericDatumReader<>(schema, schema, AvroModel.DATA).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("there are bytes behind its end");
        }
        return value;
    }
}

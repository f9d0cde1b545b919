package dev.tarn.store.hudi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.hudi.avro.HoodieAvroWriteSupport;
import org.apache.hudi.common.bloom.BloomFilter;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.util.Option;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of a flat schema into Parquet with what each column needs settled beforehand, in less than half the time
 * of the class that it stands for. That one looks up a column's union and conversion for each value, and encodes text
 * character by character. What comes out is the same; records of any other schema are left to it.
 *
 * <p>Hudi makes it by its name, {@code hoodie.avro.write.support.class}.
 */
public final class FlatWriteSupport extends HoodieAvroWriteSupport<Object> {
    private final @Nullable ValueWriter @Nullable [] writers;
    private final String[] names;
    private final boolean[] nullable;
    private @Nullable RecordConsumer consumer;

    /** Hands a value to Parquet. */
    private interface ValueWriter {
        void write(RecordConsumer consumer, Object value);
    }

    /** With the arguments that Hudi gives. */
    public FlatWriteSupport(
            MessageType parquet, HoodieSchema schema, Option<BloomFilter> bloomFilter, Properties properties) {
        super(parquet, schema, bloomFilter, properties);
        List<Schema.Field> fields = schema.toAvroSchema().getFields();
        this.names = fields.stream().map(Schema.Field::name).toArray(String[]::new);
        this.nullable = new boolean[names.length];
        this.writers = writers(fields);
    }

    private @Nullable ValueWriter @Nullable [] writers(List<Schema.Field> fields) {
        @Nullable ValueWriter[] result = new ValueWriter[fields.size()];
        for (int i = 0; i < result.length; i++) {
            Schema declared = fields.get(i).schema();
            Schema type = withoutNull(declared);
            nullable[i] = type != declared;
            result[i] = writer(type);
            if (result[i] == null) {
                return null;
            }
        }
        return result;
    }

    private static Schema withoutNull(Schema type) {
        List<Schema> branches = type.isUnion() ? type.getTypes() : List.of();
        if (branches.size() != 2 || branches.stream().noneMatch(Schema::isNullable)) {
            return type;
        }
        return branches.get(branches.get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }

    private static @Nullable ValueWriter writer(Schema type) {
        return switch (type.getType()) {
            case BOOLEAN -> (consumer, value) -> consumer.addBoolean((Boolean) value);
            case INT -> (consumer, value) -> consumer.addInteger(((Number) value).intValue());
            case LONG -> (consumer, value) -> consumer.addLong(((Number) value).longValue());
            case FLOAT -> (consumer, value) -> consumer.addFloat(((Number) value).floatValue());
            case DOUBLE -> (consumer, value) -> consumer.addDouble(((Number) value).doubleValue());
            // A UUID would be sixteen bytes.
            case STRING -> type.getLogicalType() == null ? new TextWriter() : null;
            case BYTES -> (consumer, value) -> consumer.addBinary(Binary.fromReusedByteBuffer((ByteBuffer) value));
            case FIXED ->
                (consumer, value) -> consumer.addBinary(Binary.fromReusedByteArray(((GenericFixed) value).bytes()));
            default -> null;
        };
    }

    /** Text is often that of the row before: names of a commit, a file, a partition. It is encoded, and compared, once. */
    private static final class TextWriter implements ValueWriter {
        private @Nullable String last;
        private Binary encoded = Binary.EMPTY;

        @Override
        public void write(RecordConsumer consumer, Object value) {
            if (value instanceof Utf8 utf8) {
                // It may be another text by the next row.
                consumer.addBinary(Binary.fromReusedByteArray(utf8.getBytes(), 0, utf8.getByteLength()));
                return;
            }
            String text = value.toString();
            if (!text.equals(last)) {
                encoded = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
                last = text;
            }
            consumer.addBinary(encoded);
        }
    }

    /** Whether records of this schema are written here, and text is best left as it is. */
    static boolean isFlat(Schema schema) {
        return schema.getFields().stream().allMatch(field -> writer(withoutNull(field.schema())) != null);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        super.prepareForWrite(recordConsumer);
        consumer = recordConsumer;
    }

    @Override
    public void write(Object row) {
        @Nullable ValueWriter[] known = writers;
        RecordConsumer out = consumer;
        if (known == null || out == null) {
            super.write(row);
            return;
        }
        IndexedRecord values = (IndexedRecord) row;
        out.startMessage();
        for (int i = 0; i < known.length; i++) {
            Object value = values.get(i);
            ValueWriter writer = known[i];
            if (value != null && writer != null) {
                out.startField(names[i], i);
                writer.write(out, value);
                out.endField(names[i], i);
            } else if (!nullable[i]) {
                throw new IllegalArgumentException("Null-value for required field: " + names[i]);
            }
        }
        out.endMessage();
    }
}

package dev.tarn.processes.engine.streams;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.util.Utf8;
import org.apache.spark.sql.avro.AvroDeserializer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that were written by one schema as Spark's rows. Fields that are the same in the writer's and the
 * reader's schema, and of a plain type, become Spark's values at once. All others are read by Avro, which resolves
 * the one schema to the other, and made Spark's by Spark's own deserializer. The rows are the same, but for a plain
 * decimal of more than eight bytes that does not fit its column: Spark cuts it off, this fails.
 */
final class AvroRows {
    private static final int LONG_DIGITS = 18;

    /** Reads a value of one field, or of a whole event. It may keep what it reads into, so it serves one thread. */
    private interface Reader {
        @Nullable
        Object read(BinaryDecoder in) throws IOException;
    }

    private final Reader event;

    /**
     * @param type of the rows: the reader's schema as {@link AvroSchemas} has it
     * @throws RuntimeException Avro's own, if a default of the reader's schema is none. That schemas do not fit, the first
     *     event shows.
     */
    AvroRows(Schema writer, Schema reader, StructType type) {
        GenericData data = new GenericData();
        // Compares the two schemas once, not for each field of each event.
        data.setFastReaderEnabled(true);
        Schema renamed = Schema.applyAliases(writer, reader);
        this.event = isByFields(renamed, reader)
                ? new Fields(writer, renamed, reader, type, data)
                : resolved(writer, reader, type, data);
    }

    /** The next event of {@code in}. */
    InternalRow read(BinaryDecoder in) throws IOException {
        return (InternalRow) Objects.requireNonNull(event.read(in));
    }

    /** Whether each field that the reader wants is one that the writer has, or has a value without it. */
    private static boolean isByFields(Schema writer, Schema reader) {
        return writer.getType() == Schema.Type.RECORD
                && reader.getFields().stream()
                        .allMatch(field -> writer.getField(field.name()) != null || field.hasDefaultValue());
    }

    /** The fields of a record, each read by itself, in the order in which they were written. */
    private static final class Fields implements Reader {
        private final Reader[] readers;
        /** Where the value goes that a reader reads; -1 for a field that the row does not have. */
        private final int[] places;

        private final @Nullable Object[] defaults;

        /** @param renamed the writer's schema with the names that the reader has for its fields */
        Fields(Schema writer, Schema renamed, Schema reader, StructType type, GenericData data) {
            List<Schema.Field> written = renamed.getFields();
            readers = new Reader[written.size()];
            places = new int[written.size()];
            defaults = new Object[reader.getFields().size()];
            for (int i = 0; i < readers.length; i++) {
                // With its own names: Avro gives it the reader's, which must not be done twice.
                Schema from = writer.getFields().get(i).schema();
                Schema.Field wanted = reader.getField(written.get(i).name());
                places[i] = wanted == null ? -1 : wanted.pos();
                readers[i] = wanted == null
                        ? skip(from)
                        : field(from, wanted.schema(), type.apply(wanted.pos()).dataType(), data);
            }
            for (Schema.Field wanted : reader.getFields()) {
                if (renamed.getField(wanted.name()) == null) {
                    DataType sql = type.apply(wanted.pos()).dataType();
                    defaults[wanted.pos()] = new SparkValues(wanted.schema(), sql).of(data.getDefaultValue(wanted));
                }
            }
        }

        @Override
        public Object read(BinaryDecoder in) throws IOException {
            Object[] values = defaults.clone();
            for (int i = 0; i < readers.length; i++) {
                Object value = readers[i].read(in);
                if (places[i] >= 0) {
                    values[places[i]] = value;
                }
            }
            return new GenericInternalRow(values);
        }
    }

    private static Reader skip(Schema schema) {
        return in -> {
            GenericDatumReader.skip(schema, in);
            return null;
        };
    }

    private static Reader field(Schema writer, Schema reader, DataType type, GenericData data) {
        Reader plain = writer.equals(reader) ? plainOrNull(writer) : null;
        return plain == null ? resolved(writer, reader, type, data) : plain;
    }

    /** Any value, by Avro's reader and Spark's deserializer. */
    private static Reader resolved(Schema writer, Schema reader, DataType type, GenericData data) {
        GenericDatumReader<Object> avro = new GenericDatumReader<>(writer, reader, data);
        SparkValues values = new SparkValues(reader, type);
        return new Reader() {
            // Each value is read into the object of the one before: rows hold none of it.
            private @Nullable Object last;

            @Override
            public @Nullable Object read(BinaryDecoder in) throws IOException {
                last = avro.read(last, in);
                return values.of(last);
            }
        };
    }

    /** Avro's values as Spark's. Spark's deserializer takes any type only as the field of a record, so one is put around it. */
    private static final class SparkValues {
        private final GenericRecord field;
        private final AvroDeserializer rows;
        private final DataType type;

        SparkValues(Schema schema, DataType type) {
            Schema record = Schema.createRecord("value", null, null, false, List.of(new Schema.Field("value", schema)));
            this.field = new GenericData.Record(record);
            this.rows = new AvroDeserializer(record, new StructType().add("value", type), "CORRECTED", false);
            this.type = type;
        }

        @Nullable
        Object of(@Nullable Object value) {
            field.put(0, value);
            return ((InternalRow) rows.deserialize(field).get()).get(0, type);
        }
    }

    /** What reads a plain type, or a plain type or null; null for all others. */
    private static @Nullable Reader plainOrNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return plain(schema);
        }
        List<Schema> branches = schema.getTypes();
        if (branches.size() != 2 || !schema.isNullable()) {
            return null;
        }
        int absent = branches.get(0).getType() == Schema.Type.NULL ? 0 : 1;
        Reader present = plain(branches.get(1 - absent));
        return present == null
                ? null
                : in -> {
                    int branch = in.readIndex();
                    if (branch != 0 && branch != 1) {
                        throw new IOException("a union of two has no branch " + branch);
                    }
                    return branch == absent ? null : present.read(in);
                };
    }

    private static @Nullable Reader plain(Schema schema) {
        String logical = schema.getProp("logicalType");
        switch (schema.getType()) {
            case BOOLEAN:
                return BinaryDecoder::readBoolean;
            case FLOAT:
                return BinaryDecoder::readFloat;
            case DOUBLE:
                return BinaryDecoder::readDouble;
            case INT:
                return logical == null || logical.equals("date") ? BinaryDecoder::readInt : null;
            case LONG:
                return longs(logical);
            case STRING:
                return logical == null ? new Strings() : null;
            case BYTES:
                return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                                && decimal.getPrecision() <= LONG_DIGITS
                        ? new Decimals(decimal.getPrecision(), decimal.getScale())
                        : null;
            default:
                return null;
        }
    }

    private static @Nullable Reader longs(@Nullable String logical) {
        // Spark counts microseconds since 1970.
        if (logical == null || logical.equals("timestamp-micros")) {
            return BinaryDecoder::readLong;
        }
        return logical.equals("timestamp-millis") ? in -> Math.multiplyExact(in.readLong(), 1000L) : null;
    }

    private static final class Strings implements Reader {
        private @Nullable Utf8 last;

        @Override
        public Object read(BinaryDecoder in) throws IOException {
            last = in.readString(last);
            return UTF8String.fromBytes(Arrays.copyOf(last.getBytes(), last.getByteLength()));
        }
    }

    /** Decimals whose digits fit into a long. */
    private static final class Decimals implements Reader {
        private final int precision;
        private final int scale;
        private @Nullable ByteBuffer last;

        Decimals(int precision, int scale) {
            this.precision = precision;
            this.scale = scale;
        }

        @Override
        public Object read(BinaryDecoder in) throws IOException {
            last = in.readBytes(last);
            return Decimal.apply(unscaled(last), precision, scale);
        }

        /** Two's complement, the highest byte first, of any length. */
        private static long unscaled(ByteBuffer bytes) {
            int length = bytes.remaining();
            if (length == 0 || length > Long.BYTES) {
                byte[] all = new byte[length];
                bytes.get(all);
                return new BigInteger(all).longValueExact();
            }
            long value = bytes.get();
            for (int i = 1; i < length; i++) {
                value = value << Byte.SIZE | bytes.get() & 0xFF;
            }
            return value;
        }
    }
}

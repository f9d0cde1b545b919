package dev.tarn.store.hudi;

import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** The values of a column as Avro wants them. */
final class AvroValues {
    private AvroValues() {}

    /**
     * @param schema the column's own schema, without the union with null
     * @throws ClassCastException or ArithmeticException when the value is not of the type
     */
    static @Nullable Object toAvro(@Nullable Object value, ColumnType type, Schema schema) {
        if (value == null) {
            return null;
        }
        if (type instanceof Decimal decimal) {
            return decimal((BigDecimal) value, decimal, schema);
        }
        if (type instanceof ListOf list) {
            Schema element = nonNull(schema.getElementType());
            List<@Nullable Object> values = new ArrayList<>();
            for (Object item : (List<?>) value) {
                values.add(toAvro(item, list.element(), element));
            }
            return new GenericData.Array<>(schema, values);
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> (Boolean) value;
            case INT -> (Integer) value;
            // A column that has grown takes values of before, too.
            case LONG -> value instanceof Integer narrow ? Long.valueOf(narrow) : (Long) value;
            case FLOAT -> (Float) value;
            case DOUBLE -> value instanceof Float narrow ? Double.valueOf(narrow) : (Double) value;
            case STRING -> (String) value;
            case BYTES -> ByteBuffer.wrap((byte[]) value);
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case TIMESTAMP -> micros((Instant) value);
        };
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                TimeUnit.SECONDS.toMicros(instant.getEpochSecond()), TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
    }

    private static GenericData.Fixed decimal(BigDecimal value, Decimal type, Schema schema) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException(value.toPlainString() + " has more digits than " + type);
        }
        byte[] bytes = scaled.unscaledValue().toByteArray();
        byte[] padded = new byte[schema.getFixedSize()];
        java.util.Arrays.fill(padded, 0, padded.length - bytes.length, (byte) (scaled.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
        return new GenericData.Fixed(schema, padded);
    }

    static Schema nonNull(Schema schema) {
        return schema.isUnion() ? schema.getTypes().get(1) : schema;
    }
}

package dev.tarn.store.connect;

import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one field. Which column a field becomes follows from its Connect type and from the name that
 * Connect or Debezium gave its meaning ("semantic types" in Debezium's documentation of the PostgreSQL connector).
 *
 * @param type the column's type
 * @param conversion from Connect's value, never null, to the value of the column
 */
record FieldReader(ColumnType type, Function<Object, @Nullable Object> conversion) {
    private static final int MAX_PRECISION = 38;
    private static final String PRECISION = "connect.decimal.precision";

    /** The reader for a field of this schema; what has no meaning that we know is read as its bare type. */
    static FieldReader of(Schema schema) {
        String meaning = schema.name() == null ? "" : schema.name();
        return switch (meaning) {
            case Decimal.LOGICAL_NAME -> decimal(schema);
            case "io.debezium.data.VariableScaleDecimal" ->
                // A numeric without declared scale: no decimal type holds all its values, its text does.
                new FieldReader(Scalar.STRING, FieldReader::variableScale);
            case "io.debezium.time.Date" ->
                new FieldReader(Scalar.DATE, value -> LocalDate.ofEpochDay(((Number) value).longValue()));
            case "org.apache.kafka.connect.data.Date" ->
                new FieldReader(Scalar.DATE, value -> LocalDate.ofInstant(((Date) value).toInstant(), ZoneOffset.UTC));
            case "io.debezium.time.Timestamp" ->
                new FieldReader(Scalar.TIMESTAMP, value -> Instant.ofEpochMilli((Long) value));
            case "io.debezium.time.MicroTimestamp" ->
                new FieldReader(Scalar.TIMESTAMP, value -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS));
            case "org.apache.kafka.connect.data.Timestamp" ->
                new FieldReader(Scalar.TIMESTAMP, value -> ((Date) value).toInstant());
            case "io.debezium.time.ZonedTimestamp" ->
                new FieldReader(
                        Scalar.TIMESTAMP,
                        value -> OffsetDateTime.parse((String) value).toInstant());
            case "io.debezium.time.MicroTime" ->
                new FieldReader(Scalar.STRING, value -> timeOfDay((Long) value * 1_000));
            case "io.debezium.time.Time" ->
                new FieldReader(Scalar.STRING, value -> timeOfDay(((Number) value).longValue() * 1_000_000));
            case "io.debezium.data.geometry.Point" -> new FieldReader(Scalar.STRING, CompositeText::point);
            case "io.debezium.data.geometry.Geometry", "io.debezium.data.geometry.Geography" ->
                new FieldReader(Scalar.STRING, CompositeText::geometry);
            default -> plain(schema);
        };
    }

    @Nullable
    Object read(Object value) {
        try {
            return conversion.apply(value);
        } catch (ClassCastException | ArithmeticException | java.time.DateTimeException e) {
            throw new DataException("the value '" + value + "' is no " + type + ": " + e.getMessage(), e);
        }
    }

    private static FieldReader plain(Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> new FieldReader(Scalar.BOOLEAN, value -> value);
            case INT8, INT16, INT32 -> new FieldReader(Scalar.INT, value -> ((Number) value).intValue());
            case INT64 -> new FieldReader(Scalar.LONG, value -> value);
            case FLOAT32 -> new FieldReader(Scalar.FLOAT, value -> value);
            case FLOAT64 -> new FieldReader(Scalar.DOUBLE, value -> value);
            case STRING -> new FieldReader(Scalar.STRING, value -> value);
            case BYTES -> new FieldReader(Scalar.BYTES, CompositeText::bytes);
            case ARRAY -> list(of(schema.valueSchema()));
            case STRUCT, MAP -> new FieldReader(Scalar.STRING, CompositeText::json);
        };
    }

    private static FieldReader decimal(Schema schema) {
        int scale = Integer.parseInt(schema.parameters().getOrDefault(Decimal.SCALE_FIELD, "0"));
        int precision = Integer.parseInt(schema.parameters().getOrDefault(PRECISION, String.valueOf(MAX_PRECISION)));
        return precision > MAX_PRECISION || scale < 0 || scale > precision
                ? new FieldReader(Scalar.STRING, value -> ((BigDecimal) value).toPlainString())
                : new FieldReader(new ColumnType.Decimal(precision, scale), value -> value);
    }

    private static FieldReader list(FieldReader element) {
        return new FieldReader(new ColumnType.ListOf(element.type()), value -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object each : (Collection<?>) value) {
                values.add(each == null ? null : element.read(each));
            }
            return values;
        });
    }

    private static Object variableScale(Object value) {
        Struct number = (Struct) value;
        return new BigDecimal(new BigInteger(CompositeText.bytes(number.get("value"))), number.getInt32("scale"))
                .toPlainString();
    }

    // PostgreSQL's 24:00:00 is no time of a day for Java, and is the same text for people.
    private static String timeOfDay(long nanos) {
        return nanos == 86_400_000_000_000L
                ? "24:00:00"
                : LocalTime.ofNanoOfDay(nanos).format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME);
    }
}

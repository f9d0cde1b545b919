package dev.tarn.processes.engine.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Values of Avro as answers to SQL have them: decimals as texts, dates and times in ISO 8601, in UTC with microseconds,
 * binary in Base64. So versions compare whatever schema each was written with. Knows the names that Debezium gives to
 * times in topics, too.
 */
final class AvroValues {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private AvroValues() {}

    /** The fields of a record in their order. */
    static Map<String, @Nullable Object> row(IndexedRecord row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Schema.Field field : row.getSchema().getFields()) {
            values.put(field.name(), of(row.get(field.pos()), field.schema()));
        }
        return values;
    }

    static @Nullable Object of(@Nullable Object value, Schema schema) {
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case UNION -> of(value, schema.getTypes().get(GenericData.get().resolveUnion(schema, value)));
            case RECORD -> row((IndexedRecord) value);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((Iterable<?>) value).forEach(each -> list.add(of(each, schema.getElementType())));
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, each) -> map.put(String.valueOf(key), of(each, schema.getValueType())));
                yield map;
            }
            case BYTES, FIXED -> binary(value, schema);
            case INT, LONG -> whole(((Number) value).longValue(), schema);
            case FLOAT, DOUBLE -> {
                double number = ((Number) value).doubleValue();
                // JSON has no word for these. A float is what it reads as, also after its column became a double.
                yield Double.isNaN(number) || Double.isInfinite(number)
                        ? value.toString()
                        : Double.valueOf(value.toString());
            }
            case BOOLEAN -> value;
            case NULL -> null;
            case STRING, ENUM -> text(value.toString(), schema);
        };
    }

    private static Object binary(Object value, Schema schema) {
        byte[] bytes;
        if (value instanceof GenericFixed fixed) {
            bytes = fixed.bytes();
        } else {
            ByteBuffer buffer = ((ByteBuffer) value).duplicate();
            bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
        }
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString()
                : Base64.getEncoder().encodeToString(bytes);
    }

    private static Object whole(long number, Schema schema) {
        return switch (meaning(schema)) {
            case "date", "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
                LocalDate.ofEpochDay(number).toString();
            case "timestamp-millis", "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                MICROS.format(Instant.ofEpochMilli(number));
            case "timestamp-micros", "local-timestamp-micros", "io.debezium.time.MicroTimestamp" ->
                MICROS.format(Instant.EPOCH.plus(number, ChronoUnit.MICROS));
            case "time-millis", "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
                LocalTime.ofNanoOfDay(number * 1_000_000).toString();
            case "time-micros", "io.debezium.time.MicroTime" ->
                LocalTime.ofNanoOfDay(number * 1_000).toString();
            default -> number;
        };
    }

    private static Object text(String text, Schema schema) {
        if (meaning(schema).equals("io.debezium.time.ZonedTimestamp")) {
            try {
                return MICROS.format(OffsetDateTime.parse(text));
            } catch (DateTimeException e) {
                return text;
            }
        }
        return text;
    }

    /** Hudi's name for it, or that of the topic's producer. */
    private static String meaning(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null ? Objects.requireNonNullElse(schema.getProp("connect.name"), "") : logical.getName();
    }
}

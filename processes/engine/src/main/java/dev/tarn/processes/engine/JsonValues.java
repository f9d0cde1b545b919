package dev.tarn.processes.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Values of SQL as JSON has them: numbers, booleans and texts as they are; decimals as texts, since readers of JSON
 * round numbers; dates and times in ISO 8601, in UTC with microseconds; binary in Base64; arrays as arrays, structs and
 * maps as objects.
 */
final class JsonValues {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private JsonValues() {}

    /** The values of a row in their order. */
    static List<@Nullable Object> list(Row row) {
        List<@Nullable Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(of(row.get(i)));
        }
        return values;
    }

    /** @param value as Spark gives it with its Java 8 time API switched on */
    static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Instant instant) {
            return MICROS.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
        }
        if (value instanceof LocalDateTime time) {
            return MICROS.format(time);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Row struct) {
            return object(struct);
        }
        if (value instanceof scala.collection.Seq<?> array) {
            List<@Nullable Object> values = new ArrayList<>();
            JavaConverters.seqAsJavaList(array).forEach(each -> values.add(of(each)));
            return values;
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            JavaConverters.mapAsJavaMap(map).forEach((key, each) -> values.put(String.valueOf(of(key)), of(each)));
            return values;
        }
        // Dates and intervals are ISO 8601 by themselves.
        return value.toString();
    }

    private static Object number(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        double rounded = number.doubleValue();
        // JSON has no word for these.
        return Double.isNaN(rounded) || Double.isInfinite(rounded) ? number.toString() : number;
    }

    private static Map<String, @Nullable Object> object(Row struct) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        String[] names = struct.schema().fieldNames();
        for (int i = 0; i < names.length; i++) {
            fields.put(names[i], of(struct.get(i)));
        }
        return fields;
    }
}

package dev.tarn.store.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a request to repair rows: texts, lists of them, and nulls. A text is what its column's type writes;
 * a date is days and a timestamp microseconds since 1970, bytes are hexadecimal.
 */
final class RepairValues {
    private RepairValues() {}

    static @Nullable Object read(JsonNode value, ColumnType type) {
        if (value.isNull()) {
            return null;
        }
        if (type instanceof ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(read(element, list.element())));
            return elements;
        }
        String text = value.asText();
        if (type instanceof Decimal) {
            return new BigDecimal(text);
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case STRING -> text;
            case BYTES -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.ofEpochDay(Long.parseLong(text));
            case TIMESTAMP -> Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
        };
    }
}

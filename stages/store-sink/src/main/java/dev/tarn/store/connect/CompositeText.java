package dev.tarn.store.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** The text of values that consist of several, for columns of text: as PostgreSQL writes them, or as JSON. */
final class CompositeText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CompositeText() {}

    /** A point: {@code (1.5,2)}. */
    static String point(Object value) {
        Struct point = (Struct) value;
        return "(" + number(point.getFloat64("x")) + "," + number(point.getFloat64("y")) + ")";
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    /** A geometry of PostGIS, as it reads it: {@code SRID=4326;0101…}, the well-known binary form in hexadecimal. */
    static String geometry(Object value) {
        Struct geometry = (Struct) value;
        @Nullable Object srid = geometry.get("srid");
        String hex = HexFormat.of().withUpperCase().formatHex(bytes(geometry.get("wkb")));
        return srid == null ? hex : "SRID=" + srid + ";" + hex;
    }

    /** Anything else, as JSON with its keys in order; bytes in hexadecimal. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(plain(value));
        } catch (JsonProcessingException e) {
            throw new DataException("a value cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Struct struct) {
            Map<String, @Nullable Object> fields = new TreeMap<>();
            for (Field field : struct.schema().fields()) {
                fields.put(field.name(), plain(struct.get(field)));
            }
            return fields;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            map.forEach((key, each) -> entries.put(String.valueOf(key), plain(each)));
            return entries;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(plain(item)));
            return items;
        }
        return value instanceof byte[] || value instanceof ByteBuffer
                ? HexFormat.of().formatHex(bytes(value))
                : value;
    }

    /** Bytes in the one form or the other in which Connect has them. */
    static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        return (byte[]) value;
    }
}

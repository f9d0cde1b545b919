package dev.tarn.load.value;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code hstore}: the number of pairs, then keys and values, each with its length. It becomes the JSON that Debezium
 * writes for the map that the driver gives it: in the order of a HashMap, escaped as Jackson does.
 */
final class Hstores {
    private static final int FIRST_PLAIN = 0x20;

    private Hstores() {}

    static String json(byte[] bytes, int at, int length) {
        int pairs = BigEndian.int4(bytes, at);
        int next = at + Integer.BYTES;
        // Of this very class, filled as the driver fills it: its order is what Debezium writes.
        Map<String, @Nullable String> map = new HashMap<>();
        for (int i = 0; i < pairs; i++) {
            int keyLength = BigEndian.int4(bytes, next);
            String key = Texts.text(bytes, next + Integer.BYTES, keyLength);
            next += Integer.BYTES + keyLength;
            int valueLength = BigEndian.int4(bytes, next);
            next += Integer.BYTES;
            map.put(key, valueLength < 0 ? null : Texts.text(bytes, next, valueLength));
            next += Math.max(0, valueLength);
        }
        StringBuilder json = new StringBuilder("{");
        map.forEach((key, value) -> {
            append(json.length() == 1 ? json : json.append(','), key).append(':');
            if (value == null) {
                json.append("null");
            } else {
                append(json, value);
            }
        });
        return json.append('}').toString();
    }

    private static StringBuilder append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (c < FIRST_PLAIN) {
                        json.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"');
    }
}

package dev.tarn.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows the placeholder that Debezium sends for a value that PostgreSQL did not put into its log. The form depends on
 * the column: text, bytes, a list holding the one text, or, for arrays of numbers, the placeholder's bytes as numbers.
 */
public final class UnavailableValues {
    /** Debezium's default for {@code unavailable.value.placeholder}. */
    public static final String DEBEZIUM = "__debezium_unavailable_value";

    private final String text;
    private final byte[] bytes;

    public UnavailableValues(String placeholder) {
        this.text = placeholder;
        this.bytes = placeholder.getBytes(StandardCharsets.UTF_8);
    }

    /** The value itself, or {@link Row#UNCHANGED} where it is the placeholder. */
    public @Nullable Object mark(@Nullable Object value) {
        return isPlaceholder(value) ? Row.UNCHANGED : value;
    }

    private boolean isPlaceholder(@Nullable Object value) {
        if (value instanceof String string) {
            return string.equals(text);
        }
        if (value instanceof byte[] array) {
            return Arrays.equals(array, bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.equals(ByteBuffer.wrap(bytes));
        }
        if (value instanceof List<?> list) {
            return list.size() == 1 ? isPlaceholder(list.get(0)) : isPlaceholderNumbers(list);
        }
        return false;
    }

    private boolean isPlaceholderNumbers(List<?> list) {
        if (list.size() != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}

package dev.tarn.analyze.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One row as COPY writes it in its text format: values with tabs between. Used again for the next row. */
final class CopyLine {
    private byte[] line = new byte[0];
    private byte[] value = new byte[256];
    private int at;
    private int length;

    void read(byte[] bytes) {
        line = bytes;
        at = 0;
    }

    /** Goes to the next value, and says whether there is one: false for NULL. */
    boolean next() {
        length = 0;
        if (line[at] == '\\' && line[at + 1] == 'N') {
            at += 3;
            return false;
        }
        if (value.length < line.length) {
            value = Arrays.copyOf(value, line.length);
        }
        byte b = line[at++];
        while (b != '\t' && b != '\n') {
            value[length++] = b == '\\' ? unescaped(line[at++]) : b;
            b = line[at++];
        }
        return true;
    }

    private static byte unescaped(byte b) {
        return switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            default -> b;
        };
    }

    byte[] value() {
        return value;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(value, 0, length, StandardCharsets.UTF_8);
    }
}

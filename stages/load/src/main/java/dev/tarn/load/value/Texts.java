package dev.tarn.load.value;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Texts, and what the lake has as text and PostgreSQL sends so, or nearly so. */
final class Texts {
    private static final char STANDS_FOR_WRONG_BYTES = '\uFFFD';

    private Texts() {}

    /** A text; Java would put a question mark in place of bytes that are none. */
    static String text(byte[] bytes, int at, int length) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        if (text.indexOf(STANDS_FOR_WRONG_BYTES) >= 0) {
            requireUtf8(bytes, at, length);
        }
        return text;
    }

    private static void requireUtf8(byte[] bytes, int at, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
        } catch (CharacterCodingException e) {
            throw new UnreadableValueException("bytes that are no text in UTF-8");
        }
    }

    /** jsonb, and whatever else has the version of its form in front of the text. */
    static String versioned(byte[] bytes, int at, int length) {
        return text(bytes, at + 1, length - 1);
    }

    static String uuid(byte[] bytes, int at, int length) {
        return new UUID(BigEndian.int8(bytes, at), BigEndian.int8(bytes, at + Long.BYTES)).toString();
    }
}

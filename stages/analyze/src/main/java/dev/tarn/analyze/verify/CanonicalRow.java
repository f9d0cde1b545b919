package dev.tarn.analyze.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row in their canonical form, key columns first, and the two hashes over them. Used again for the next
 * row; not thread-safe. A value is told from the next by its length, and null from the empty text.
 *
 * <p>The hash is the JDK's MD5, which the processor's intrinsic makes as fast as reading the rows: nobody attacks here.
 */
public final class CanonicalRow {
    private static final int LENGTH_BYTES = 4;
    private static final int NULL = -1;

    private final MessageDigest digest;
    private final byte[] result = new byte[16];
    private final ByteBuffer hash = ByteBuffer.wrap(result);
    private byte[] bytes = new byte[1024];
    private int size;

    public CanonicalRow() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** Begins the next row. */
    public void clear() {
        size = 0;
    }

    /** Adds a value; null for none. */
    public void add(@Nullable String text) {
        if (text == null) {
            addNull();
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(utf8, 0, utf8.length);
    }

    /** Adds a value in UTF-8. */
    public void add(byte[] utf8, int offset, int length) {
        room(LENGTH_BYTES + length);
        length(length);
        System.arraycopy(utf8, offset, bytes, size, length);
        size += length;
    }

    public void addNull() {
        room(LENGTH_BYTES);
        length(NULL);
    }

    private void length(int length) {
        bytes[size++] = (byte) (length >>> 24);
        bytes[size++] = (byte) (length >>> 16);
        bytes[size++] = (byte) (length >>> 8);
        bytes[size++] = (byte) length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    /** Where the values end that were added so far: after the key's, {@link #hash} of this is the key's hash. */
    public int size() {
        return size;
    }

    /** The hash of the values before this place. */
    public KeyHash hash(int end) {
        digest.update(bytes, 0, end);
        try {
            digest.digest(result, 0, result.length);
        } catch (java.security.DigestException e) {
            throw new IllegalStateException("16 bytes hold an MD5", e);
        }
        return new KeyHash(hash.getLong(0), hash.getLong(8));
    }
}

package dev.tarn.analyze.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Hashes of keys, and of the rows of these keys, in 32 bytes each. */
public final class RowHashes {
    private static final int LONGS = 4;

    private long[] longs;
    private int size;

    public RowHashes() {
        longs = new long[64 * LONGS];
    }

    public void add(KeyHash key, KeyHash row) {
        if (size * LONGS == longs.length) {
            longs = Arrays.copyOf(longs, longs.length * 2);
        }
        int at = size++ * LONGS;
        longs[at] = key.high();
        longs[at + 1] = key.low();
        longs[at + 2] = row.high();
        longs[at + 3] = row.low();
    }

    public void add(RowHashes part) {
        for (int i = 0; i < part.size; i++) {
            add(part.key(i), part.row(i));
        }
    }

    public int size() {
        return size;
    }

    KeyHash key(int i) {
        return new KeyHash(longs[i * LONGS], longs[i * LONGS + 1]);
    }

    KeyHash row(int i) {
        return new KeyHash(longs[i * LONGS + 2], longs[i * LONGS + 3]);
    }

    /** For the wire: 32 bytes a row. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(size * LONGS * Long.BYTES);
        bytes.asLongBuffer().put(longs, 0, size * LONGS);
        return bytes.array();
    }

    /** The reverse of {@link #toBytes}. */
    public static RowHashes fromBytes(byte[] bytes) {
        RowHashes hashes = new RowHashes();
        hashes.longs = new long[Math.max(LONGS, bytes.length / Long.BYTES)];
        hashes.size = bytes.length / Long.BYTES / LONGS;
        ByteBuffer.wrap(bytes).asLongBuffer().get(hashes.longs, 0, hashes.size * LONGS);
        return hashes;
    }
}

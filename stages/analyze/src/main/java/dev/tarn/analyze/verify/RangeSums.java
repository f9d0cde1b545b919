package dev.tarn.analyze.verify;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * How many rows there are in each range of keys, and the sum of their hashes: the same in whatever order rows come. A
 * range is the first bits of a key's hash, so that all are of about one size. Sums and not exclusive-or, which a row that
 * is there twice would pass.
 */
public final class RangeSums {
    private static final int MAX_BITS = 16;
    private static final int MIN_BITS = 6;
    private static final int ROWS_IN_A_RANGE = 16;

    private final int bits;
    private final long[] counts;
    private final long[] high;
    private final long[] low;

    /** @param bits there are two to the power of it ranges */
    public RangeSums(int bits) {
        if (bits < 1 || bits > MAX_BITS) {
            throw new IllegalArgumentException(bits + " bits");
        }
        this.bits = bits;
        this.counts = new long[1 << bits];
        this.high = new long[1 << bits];
        this.low = new long[1 << bits];
    }

    /**
     * How many bits are right for so many rows: small ranges, since each row that changes meanwhile makes all rows of its
     * range be looked at, and no more sums than are quickly sent.
     */
    public static int bitsFor(long rows) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, rows / ROWS_IN_A_RANGE));
        return Math.min(MAX_BITS, Math.max(MIN_BITS, bits));
    }

    public int bits() {
        return bits;
    }

    public void add(KeyHash key, KeyHash row) {
        int range = key.range(bits);
        counts[range]++;
        high[range] += row.high();
        low[range] += row.low();
    }

    /** Adds what another part of the same table has. */
    public void add(RangeSums part) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += part.counts[i];
            high[i] += part.high[i];
            low[i] += part.low[i];
        }
    }

    /** The ranges that are not the same on both sides. */
    BitSet differing(RangeSums other) {
        BitSet differing = new BitSet(counts.length);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != other.counts[i] || high[i] != other.high[i] || low[i] != other.low[i]) {
                differing.set(i);
            }
        }
        return differing;
    }

    long count(int range) {
        return counts[range];
    }

    /** All rows. */
    public long rows() {
        long rows = 0;
        for (long count : counts) {
            rows += count;
        }
        return rows;
    }

    /** For the wire: 24 bytes a range. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(counts.length * 24);
        for (int i = 0; i < counts.length; i++) {
            bytes.putLong(counts[i]).putLong(high[i]).putLong(low[i]);
        }
        return bytes.array();
    }

    /** The reverse of {@link #toBytes}. */
    public static RangeSums fromBytes(byte[] bytes) {
        int ranges = bytes.length / 24;
        if (ranges * 24 != bytes.length || Integer.bitCount(ranges) != 1) {
            throw new IllegalArgumentException(bytes.length + " bytes");
        }
        RangeSums sums = new RangeSums(Integer.numberOfTrailingZeros(ranges));
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i < ranges; i++) {
            sums.counts[i] = buffer.getLong();
            sums.high[i] = buffer.getLong();
            sums.low[i] = buffer.getLong();
        }
        return sums;
    }
}

package dev.tarn.store.index;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;

/**
 * Says of most keys that were never added that they were not, in memory: an index on disk need not be asked for them. It
 * grows with the keys up to a size, beyond which it knows nothing.
 */
final class KeyFilter {
    /** By which two keys of a hundred, or fewer, are taken for others. */
    private static final int BITS_PER_KEY = 10;

    private final long mostBytes;
    /** Each twice as large as the one before. */
    private final List<BlockSplitBloomFilter> parts = new ArrayList<>();

    private int nextBytes;
    private long bytes;
    private long room;
    private boolean full;

    /**
     * @param firstBytes of its first part, a power of two
     * @param mostBytes that it may take
     */
    KeyFilter(int firstBytes, long mostBytes) {
        this.nextBytes = firstBytes;
        this.mostBytes = mostBytes;
    }

    /** Adds a key; one that is taken for an earlier one needs no room. */
    void add(KeyHash key) {
        if (mayHold(key)) {
            return;
        }
        if (room == 0) {
            grow();
        }
        if (!full) {
            room--;
            parts.get(parts.size() - 1).insertHash(key.low());
        }
    }

    private void grow() {
        if (full || bytes + nextBytes > mostBytes || nextBytes > BlockSplitBloomFilter.UPPER_BOUND_BYTES) {
            full = true;
            parts.clear();
            bytes = 0;
            return;
        }
        parts.add(new BlockSplitBloomFilter(nextBytes));
        bytes += nextBytes;
        room = nextBytes * (long) Byte.SIZE / BITS_PER_KEY;
        nextBytes *= 2;
    }

    /** Whether the key may have been added; if not, it was not. */
    boolean mayHold(KeyHash key) {
        if (full) {
            return true;
        }
        for (BlockSplitBloomFilter part : parts) {
            if (part.findHash(key.low())) {
                return true;
            }
        }
        return false;
    }

    long memoryBytes() {
        return bytes;
    }
}

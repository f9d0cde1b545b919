package dev.tarn.store.index;

/**
 * 128 bits that stand for a key: the index stores these instead of the key. Two keys of a billion meet with a chance of
 * about 10⁻²¹, far below that of a broken disk.
 *
 * <p>The function is MurmurHash3_x64_128 (Austin Appleby, public domain) over the UTF-16 units of the key.
 */
record KeyHash(long high, long low) {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    static KeyHash of(String key) {
        long h1 = 0;
        long h2 = 0;
        int length = key.length();
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            h1 ^= mixFirst(fourUnits(key, i, i + 4));
            h1 = Long.rotateLeft(h1, 27) + h2;
            h1 = h1 * 5 + 0x52dce729;
            h2 ^= mixSecond(fourUnits(key, i + 4, i + 8));
            h2 = Long.rotateLeft(h2, 31) + h1;
            h2 = h2 * 5 + 0x38495ab5;
        }
        if (i + 4 < length) {
            h2 ^= mixSecond(fourUnits(key, i + 4, length));
        }
        if (i < length) {
            h1 ^= mixFirst(fourUnits(key, i, Math.min(length, i + 4)));
        }
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        h1 += h2;
        h2 += h1;
        return new KeyHash(h1, h2);
    }

    private static long fourUnits(String key, int from, int to) {
        long units = 0;
        for (int i = to - 1; i >= from; i--) {
            units = units << 16 | key.charAt(i);
        }
        return units;
    }

    private static long mixFirst(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixSecond(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long k) {
        k ^= k >>> 33;
        k *= 0xff51afd7ed558ccdL;
        k ^= k >>> 33;
        k *= 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}

package dev.tarn.analyze.verify;

/** 128 bits that stand for a row's key, or for a whole row. */
public record KeyHash(long high, long low) {

    /** The range that a key with this hash belongs to. */
    int range(int bits) {
        return (int) (high >>> (Long.SIZE - bits));
    }
}

package dev.tarn.generate.museum;

/**
 * Chance that is the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014). Each row throws dice of its own, so
 * that it can be made without the rows before it.
 */
public final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /**
     * @param table which of several kinds of rows
     * @param number of the row
     */
    public Dice(long seed, long table, long number) {
        state = mix(seed + GOLDEN * (table + 1)) ^ mix(number * GOLDEN + table);
    }

    /** 0 to bound - 1. */
    public int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** From one to the other, both among them. */
    public int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** 0 to 1, without 1. */
    double share() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Whether something happens that happens in so many of a thousand cases. */
    boolean inThousand(int cases) {
        return below(1000) < cases;
    }

    /** One of these. */
    public String of(String[] words) {
        return words[below(words.length)];
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

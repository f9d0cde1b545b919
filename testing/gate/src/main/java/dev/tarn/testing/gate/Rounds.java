package dev.tarn.testing.gate;

/** How often a test repeats what one more round may find: seldom in the gate, many times in the full run. */
public final class Rounds {
    static final String FULL = "tarn.full";

    private Rounds() {}

    /**
     * The number of rounds.
     *
     * @param property a system property that says another number, such as {@code tarn.kills}
     * @param gate in the gate
     * @param full in {@code ./mvnw verify -Pfull}
     */
    public static int of(String property, int gate, int full) {
        return Integer.getInteger(property, isFull() ? full : gate);
    }

    /** Whether this is the full run. */
    public static boolean isFull() {
        return Boolean.getBoolean(FULL);
    }
}

package dev.tarn.collect.debezium;

import java.util.Locale;

/** The name of a source's replication slot and publication: PostgreSQL takes a-z, 0-9 and _, 63 of them. */
public final class SlotName {
    private static final int MAX = 63;

    private SlotName() {}

    /** A name of its own for each source of each lake. */
    public static String of(String lake, String source) {
        String plain = prefix(lake) + source;
        String name = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        if (name.equals(plain) && name.length() <= MAX) {
            return name;
        }
        // What was lost on the way is kept as a number, so that 'a-b' and 'a_b' stay two.
        String tail = "_" + "%08x".formatted(plain.hashCode());
        return name.substring(0, Math.min(name.length(), MAX - tail.length())) + tail;
    }

    private static String prefix(String lake) {
        return "tarn_" + lake + "_";
    }
}

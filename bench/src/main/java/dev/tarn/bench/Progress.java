package dev.tarn.bench;

import java.util.Locale;

/** Tells those who wait what goes on, on standard error. */
final class Progress {
    private static final long START = System.nanoTime();

    private Progress() {}

    static void say(String words, Object... values) {
        System.err.printf(
                Locale.ROOT,
                "%7.1f s  %s%n",
                (System.nanoTime() - START) / 1e9,
                String.format(Locale.ROOT, words, values));
    }
}

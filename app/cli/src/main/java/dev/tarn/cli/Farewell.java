package dev.tarn.cli;

import java.util.function.Supplier;

/** Words for a user who presses Ctrl-C while the command only waits. */
final class Farewell {
    private Farewell() {}

    /** Does the waiting, and says the words if the JVM is ended meanwhile. */
    static <T> T onInterrupt(Runnable words, Supplier<T> waiting) {
        Thread hook = new Thread(words, "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return waiting.get();
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the words are being said.
        }
    }
}

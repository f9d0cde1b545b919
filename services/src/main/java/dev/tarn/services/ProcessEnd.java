package dev.tarn.services;

/** How a process ended, in words that follow the service's name. */
final class ProcessEnd {
    private static final int SIGNALS = 128;

    private ProcessEnd() {}

    /** @param exitCode as a shell and the JDK give it: 128 and more is a signal */
    static String words(int exitCode) {
        String words = "ended with exit code " + exitCode;
        if (exitCode <= SIGNALS || exitCode > SIGNALS + 31) {
            return words;
        }
        int signal = exitCode - SIGNALS;
        return words + " (" + name(signal) + ")";
    }

    // The numbers that are the same on Linux and macOS.
    private static String name(int signal) {
        return switch (signal) {
            case 2 -> "signal INT";
            case 6 -> "signal ABRT";
            case 9 -> "signal KILL";
            case 11 -> "signal SEGV";
            case 15 -> "signal TERM";
            default -> "signal " + signal;
        };
    }
}

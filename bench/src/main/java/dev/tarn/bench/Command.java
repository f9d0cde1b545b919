package dev.tarn.bench;

import java.util.Map;

/** What the commands share: options, words for errors, exit codes. */
final class Command {
    /** The lake did not hold what its source held: figures do not count. */
    static final int UNEQUAL = 5;

    /** It was not understood. */
    static final int USAGE = 2;

    private static final int FAILED = 1;

    private Command() {}

    /** What a command measures; it gives the exit code. */
    interface Measurement {
        int run(Options options) throws Exception;
    }

    /** Runs it, and ends the program. */
    static void run(String[] words, Map<String, String> known, Measurement measurement) {
        System.exit(exitCode(words, known, measurement));
    }

    private static int exitCode(String[] words, Map<String, String> known, Measurement measurement) {
        Options options;
        try {
            options = Options.parse(words, known);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
        try {
            return measurement.run(options);
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED;
        }
    }
}

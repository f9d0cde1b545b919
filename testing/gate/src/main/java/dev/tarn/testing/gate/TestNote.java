package dev.tarn.testing.gate;

import java.util.Optional;

/**
 * One line of a run's notes.
 *
 * @param kind what it tells of
 * @param module artifact id of the Maven module
 * @param type the full name of the test class; empty for a plan
 * @param test the method, as JUnit shows it; empty for a class and a plan
 * @param startMillis since 1970
 * @param endMillis since 1970; the same as the start in {@link Kind#STARTED}
 * @param busyAtStart processor time that the whole machine had spent by then, in milliseconds; -1 if it does not tell
 * @param busyMillis what it spent meanwhile; -1 if it does not tell
 * @param outcome how it went
 * @param reason of a failure or a skip, in one line of 500 characters at most; empty otherwise
 */
record TestNote(
        Kind kind,
        String module,
        String type,
        String test,
        long startMillis,
        long endMillis,
        long busyAtStart,
        long busyMillis,
        Outcome outcome,
        String reason) {
    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 10;
    private static final int LONGEST = 500;

    enum Kind {
        /** A class has begun; without a line of kind {@code CLASS} after it, the JVM died in it. */
        STARTED,
        TEST,
        CLASS,
        /** One launch of JUnit: all classes of a JVM, or one where a module has several; ends when what they share is closed. */
        PLAN
    }

    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    long wallMillis() {
        return endMillis - startMillis;
    }

    /** The name without its package. */
    String simpleType() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    String line() {
        return String.join(
                SEPARATOR,
                kind.name(),
                module,
                type,
                clean(test),
                Long.toString(startMillis),
                Long.toString(endMillis),
                Long.toString(busyAtStart),
                Long.toString(busyMillis),
                outcome.name(),
                clean(reason));
    }

    /** The note in a line; empty if it is none, as the last one of a JVM that was killed may be. */
    static Optional<TestNote> parse(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TestNote(
                    Kind.valueOf(fields[0]),
                    fields[1],
                    fields[2],
                    fields[3],
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Long.parseLong(fields[6]),
                    Long.parseLong(fields[7]),
                    Outcome.valueOf(fields[8]),
                    fields[9]));
        } catch (IllegalArgumentException e) {
            // What a full disk or another program left must not keep the rest from being told.
            return Optional.empty();
        }
    }

    private static String clean(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}

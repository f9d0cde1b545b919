package dev.tarn.collect.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far the load of a table is.
 *
 * @param table of the database, with its schema
 * @param target the table of the lake
 * @param phase where it is
 * @param rows so far
 * @param bytes so far, as the database sends them
 * @param expectedRows as the database estimates them; 0 if it does not know
 * @param millis since reading began
 * @param message what it waits for, or why it failed; null if there is nothing to say
 */
public record LoadStatus(
        String table,
        String target,
        Phase phase,
        long rows,
        long bytes,
        long expectedRows,
        long millis,
        @Nullable String message) {

    /** Where a load is; the sink's own words but for the first. */
    public enum Phase {
        ASKED,
        /** The table takes no change until it is loaded. */
        HELD,
        /** For transactions that are open in the database. */
        WAITING,
        READING,
        /** It is tried again. */
        FAILED,
        /** Debezium is to copy the table. */
        UNFIT,
        DONE;

        boolean isEnd() {
            return this == UNFIT || this == DONE;
        }
    }

    static LoadStatus asked(String table, String target) {
        return new LoadStatus(table, target, Phase.ASKED, 0, 0, 0, 0, null);
    }

    /** Rows a second until now. */
    public long rate() {
        return millis == 0 ? 0 : rows * 1_000 / millis;
    }

    /** How long it still takes, by the rate until now; -1 if nothing tells. */
    public long secondsLeft() {
        return rate() == 0 || expectedRows == 0 ? -1 : Math.max(0, expectedRows - rows) / rate();
    }

    /** For a person. */
    public String text() {
        return switch (phase) {
            case READING ->
                String.format(
                        Locale.ROOT,
                        "%s: %,d%s rows, %,d rows/s, %,.1f MB/s%s",
                        table,
                        rows,
                        expectedRows > rows ? String.format(Locale.ROOT, " of about %,d", expectedRows) : "",
                        rate(),
                        millis == 0 ? 0 : bytes / 1e3 / millis,
                        secondsLeft() > 0 && expectedRows > rows
                                ? String.format(Locale.ROOT, ", about %,d s left", secondsLeft())
                                : "");
            case WAITING -> table + ": waits for " + (message == null ? "open transactions" : message);
            case FAILED -> table + ": is tried again; " + message;
            default -> table;
        };
    }
}

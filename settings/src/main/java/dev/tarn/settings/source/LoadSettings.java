package dev.tarn.settings.source;

/**
 * How the rows come into the lake that a table has before its changes are followed.
 *
 * @param through which way they go
 * @param connections so many read a table at once
 * @param maxRowsPerSecond of one table; 0 for no limit
 */
public record LoadSettings(Through through, int connections, int maxRowsPerSecond) {
    /** What holds if nothing is written. */
    public static final LoadSettings DEFAULT = new LoadSettings(Through.DIRECT, 2, 0);

    /** The way. */
    public enum Through {
        /** From the database straight into the lake's tables. */
        DIRECT,
        /** As records of the table's topic, as changes go: into raw objects too. */
        KAFKA
    }
}

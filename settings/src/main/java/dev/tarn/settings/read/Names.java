package dev.tarn.settings.read;

import java.util.regex.Pattern;

/** The form of names. Each check gives the name back, or throws IllegalArgumentException with "must …". */
public final class Names {
    /** In words, for messages and pages. */
    public static final String RULE = "must be a letter and up to 62 letters, digits, _ or -";

    // 63 bytes is the longest name of a PostgreSQL database.
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    // Hive and Spark take no - in the name of a table.
    private static final Pattern LAKE_TABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");

    private Names() {}

    /** The name of a lake, a source or a database: it becomes part of topics and of database names. */
    public static String name(String name) {
        return require(NAME, name, RULE);
    }

    /** The name of a table in the lake. */
    public static String lakeTable(String name) {
        return require(LAKE_TABLE, name, "must be a letter and up to 127 letters, digits or _");
    }

    /** Any text but an empty one. */
    public static String filled(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    private static String require(Pattern pattern, String name, String rule) {
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException(rule);
        }
        return name;
    }
}

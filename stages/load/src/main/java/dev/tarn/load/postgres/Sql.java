package dev.tarn.load.postgres;

/** Names and texts as parts of SQL. */
public final class Sql {
    private Sql() {}

    /** A name in quotes. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text in quotes, whatever standard_conforming_strings says. */
    static String literal(String text) {
        return " E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

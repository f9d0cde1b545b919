package dev.tarn.collect.postgres;

/** Shows the place in a statement that PostgreSQL complains about. */
final class SqlMark {
    private SqlMark() {}

    /**
     * The line with the place, and a mark below it.
     *
     * @param position in characters (not Java's chars) from 1; 0 for unknown
     * @return begins with a line end; empty if the place is unknown
     */
    static String at(String sql, int position) {
        int length = sql.codePointCount(0, sql.length());
        if (position < 1 || position > length + 1) {
            return "";
        }
        int index = sql.offsetByCodePoints(0, position - 1);
        int start = sql.lastIndexOf('\n', index - 1) + 1;
        int end = sql.indexOf('\n', index);
        String line = sql.substring(start, end < 0 ? sql.length() : end);
        int number =
                1 + (int) sql.substring(0, start).chars().filter(c -> c == '\n').count();
        String label = "line " + number + ": ";
        // Tabs stay tabs, so that the mark stands below its place.
        String margin = sql.substring(start, index).replaceAll("[^\t]", " ");
        return "\n" + label + line + "\n" + " ".repeat(label.length()) + margin + "^";
    }
}

package dev.tarn.model.keys;

/**
 * The text of a value in a row's record key, which writer and readers make alike. Almost always it is the value's own text,
 * as Hudi's key generators write it; where theirs would give two rows one key, it is escaped, so that two rows never share one.
 */
public final class RecordKeyText {
    /** What Hudi's key generators write for an empty text. */
    private static final String EMPTY = "__empty__";

    private RecordKeyText() {}

    /** The key's only value. Backslashes before {@code __empty__} tell the text of that name from none. */
    public static String single(String value) {
        if (value.isEmpty()) {
            return EMPTY;
        }
        boolean isLikeEmpty = value.endsWith(EMPTY)
                && value.chars().limit(value.length() - EMPTY.length()).allMatch(letter -> letter == '\\');
        return isLikeEmpty ? '\\' + value : value;
    }

    /**
     * One of several values of a key such as {@code a:1,b:2}, behind the name of its column and a colon. Names are the same
     * in all keys of a table, so it is enough that no comma of a value is taken for one between two of them.
     */
    public static String ofSeveral(String value) {
        if (value.isEmpty()) {
            return EMPTY;
        }
        String escaped = value.replace("\\", "\\\\").replace(",", "\\,");
        return escaped.equals(EMPTY) ? '\\' + escaped : escaped;
    }
}

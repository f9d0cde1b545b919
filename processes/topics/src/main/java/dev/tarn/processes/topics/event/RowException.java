package dev.tarn.processes.topics.event;

/** A row that does not fit the schema. */
public final class RowException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason the words after "which" */
    RowException(String column, String text, String reason, Throwable cause) {
        super("column '" + column + "' has '" + shortened(text) + "', which " + reason, cause);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}

package dev.tarn.settings.secret;

import org.jspecify.annotations.Nullable;

/** A secret cannot be read. The message says which and why, never its value; the reader of the file adds the line. */
public final class UnreadableSecretException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableSecretException(String message) {
        this(message, null);
    }

    /** The same, with the cause for the log. */
    public UnreadableSecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

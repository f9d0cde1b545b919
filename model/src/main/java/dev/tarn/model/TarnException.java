package dev.tarn.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that a user may see, in one form: {@code Cannot do thing 'name': reason with the value. Next step. [CODE]}.
 *
 * <p>The message is complete as it stands: the command prints it without a stack trace, the cause goes to the log.
 */
public final class TarnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String code;

    /**
     * @param kind who can mend it
     * @param code a stable word in capitals, such as {@code SETTINGS_INVALID}, for people who search and for scripts
     * @param message what, which thing by name, why with the value, and the next step; without the code
     */
    public TarnException(ErrorKind kind, String code, String message) {
        this(kind, code, message, null);
    }

    /** The same, with the cause for the log. */
    public TarnException(ErrorKind kind, String code, String message, @Nullable Throwable cause) {
        super(message + " [" + code + "]", cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = Objects.requireNonNull(code, "code");
    }

    /** Who can mend it. */
    public ErrorKind kind() {
        return kind;
    }

    /** The stable word at the end of the message. */
    public String code() {
        return code;
    }
}

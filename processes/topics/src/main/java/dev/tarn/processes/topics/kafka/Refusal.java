package dev.tarn.processes.topics.kafka;

import org.jspecify.annotations.Nullable;

/** An error that the user sees, in the form of all of Tarn's, and the exit code that it stands for. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Refusal(int exitCode, String code, String message, @Nullable Throwable cause) {
        super(message + " [" + code + "]", cause);
        this.exitCode = exitCode;
    }

    /** The user gave something that cannot be used. */
    public static Refusal user(String code, String message) {
        return new Refusal(2, code, message, null);
    }

    /** A system outside fails. */
    public static Refusal external(String code, String message, @Nullable Throwable cause) {
        return new Refusal(3, code, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}

package dev.tarn.load.value;

/** A value that has no form in the lake; the message says which. */
public final class UnreadableValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableValueException(String message) {
        super(message);
    }
}

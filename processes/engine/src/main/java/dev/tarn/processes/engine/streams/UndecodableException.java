package dev.tarn.processes.engine.streams;

import org.jspecify.annotations.Nullable;

/** An event is not what its topic should hold. The message says why, for people. */
final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecodableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}

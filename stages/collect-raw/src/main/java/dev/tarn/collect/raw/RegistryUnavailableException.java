package dev.tarn.collect.raw;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The registry gave no answer that one could go by; ask again later. */
final class RegistryUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

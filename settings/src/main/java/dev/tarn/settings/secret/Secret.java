package dev.tarn.settings.secret;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value that must not be seen, such as a password. It prints {@code ***}; {@link #reveal} gives it to a client. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The secret whose value is {@code value}. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself: for the client that needs it, never for a message or a log. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}

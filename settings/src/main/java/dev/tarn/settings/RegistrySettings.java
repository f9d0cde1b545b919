package dev.tarn.settings;

import dev.tarn.settings.secret.Login;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The registry that keeps the schemas. */
public sealed interface RegistrySettings {
    /** Started by Tarn. */
    record EmbeddedRegistry() implements RegistrySettings {}

    /**
     * A registry elsewhere.
     *
     * @param url http or https
     * @param login null if it asks for none
     */
    record ExternalRegistry(URI url, @Nullable Login login) implements RegistrySettings {}
}

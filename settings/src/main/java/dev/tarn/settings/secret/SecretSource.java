package dev.tarn.settings.secret;

/** A place where secrets are kept. A reference <code>${scheme:path}</code> in a settings file names source and secret. */
public interface SecretSource extends AutoCloseable {
    /** The word before the colon, such as {@code env}. */
    String scheme();

    /**
     * Loads one secret.
     *
     * @param path what stands after the colon
     * @throws UnreadableSecretException if there is no such secret, or it cannot be reached
     */
    String load(String path) throws UnreadableSecretException;

    /** Lets go of connections. Closing twice does no harm. */
    @Override
    default void close() {}
}

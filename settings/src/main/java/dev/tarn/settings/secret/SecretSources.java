package dev.tarn.settings.secret;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All sources of secrets of one lake, by scheme. Each secret is read once. */
public final class SecretSources implements AutoCloseable {
    private final Map<String, SecretSource> sources = new LinkedHashMap<>();
    private final Map<String, String> loaded = new HashMap<>();

    private SecretSources(Collection<SecretSource> sources) {
        sources.forEach(source -> this.sources.put(source.scheme(), source));
    }

    /**
     * Opens the sources; none is asked yet.
     *
     * @param lakeDirectory where paths of <code>${file:P}</code> start
     * @param environment the environment variables
     * @param tarnHome where {@code lib/aws} is; null if Tarn was not started by its own command
     */
    public static SecretSources open(Path lakeDirectory, Map<String, String> environment, @Nullable Path tarnHome) {
        return new SecretSources(
                List.of(new EnvironmentSecrets(environment), new FileSecrets(lakeDirectory), new AwsLibrary(tarnHome)));
    }

    /** The schemes that a reference may name. */
    public Set<String> schemes() {
        return sources.keySet();
    }

    /**
     * Loads one secret, which is not empty.
     *
     * @param scheme one of {@link #schemes}
     * @throws UnreadableSecretException if it is not there, is empty or cannot be reached
     */
    public String load(String scheme, String path) throws UnreadableSecretException {
        SecretSource source = sources.get(scheme);
        if (source == null) {
            throw new IllegalArgumentException("no source of secrets is called '" + scheme + "'");
        }
        String reference = "${" + scheme + ":" + path + "}";
        String value = loaded.get(reference);
        if (value == null) {
            value = source.load(path);
            loaded.put(reference, value);
        }
        if (value.isEmpty()) {
            throw new UnreadableSecretException(reference + " is empty");
        }
        return value;
    }

    @Override
    public void close() {
        sources.values().forEach(SecretSource::close);
    }
}

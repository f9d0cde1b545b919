package dev.tarn.collect.debezium;

import dev.tarn.collect.LakePlaces;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import dev.tarn.settings.source.SourceSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How secrets reach connectors: Kafka Connect keeps settings in a topic, in clear, so they hold references. Those of
 * outside systems lie in the environment of the collect process; the embedded PostgreSQL's lies in its file.
 */
public final class SourceSecrets {
    /** What the variables begin with; the worker lets connectors read no others. */
    public static final String PREFIX = "TARN_SECRET_";

    private static final String REGISTRY = PREFIX + "REGISTRY";

    private SourceSecrets() {}

    /** The variables that the collect process needs. */
    public static Map<String, String> environment(
            List<SourceSettings> sources, @Nullable Login registry, Options storage) {
        Map<String, String> variables = new HashMap<>();
        for (SourceSettings source : sources) {
            if (source.postgres() instanceof ExternalPostgres postgres) {
                variables.put(password(source), postgres.login().password().reveal());
            }
            source.options()
                    .secretKeys()
                    .forEach(key -> variables.put(
                            option(source, key), source.options().reveal().getOrDefault(key, "")));
        }
        storage.secretKeys()
                .forEach(key -> variables.put(storage(key), storage.reveal().getOrDefault(key, "")));
        if (registry != null) {
            variables.put(REGISTRY, registry.password().reveal());
        }
        return variables;
    }

    /** The reference to the password of a source's database. */
    public static String passwordReference(SourceSettings source, LakePlaces places) {
        return source.postgres() instanceof ExternalPostgres
                ? reference(password(source))
                : "${directory:" + places.state().resolve("secrets") + ":postgres}";
    }

    /** The source's options, with references in place of secrets. */
    static Map<String, String> options(SourceSettings source) {
        Map<String, String> options = new HashMap<>(source.options().reveal());
        source.options().secretKeys().forEach(key -> options.put(key, reference(option(source, key))));
        return options;
    }

    /** The options of the object store, with references in place of secrets. */
    public static Map<String, String> storageOptions(Options storage) {
        Map<String, String> options = new HashMap<>(storage.reveal());
        storage.secretKeys().forEach(key -> options.put(key, reference(storage(key))));
        return options;
    }

    private static String storage(String key) {
        return PREFIX + "STORAGE_" + key;
    }

    /** The reference to the registry's password. */
    public static String registryReference() {
        return reference(REGISTRY);
    }

    private static String reference(String variable) {
        return "${env:" + variable + "}";
    }

    private static String password(SourceSettings source) {
        return PREFIX + "PASSWORD_" + source.name();
    }

    private static String option(SourceSettings source, String key) {
        return PREFIX + "OPTION_" + source.name() + "_" + key;
    }
}

package dev.tarn.settings.secret;

import java.util.Map;

/** <code>${env:X}</code>: the environment variable X. */
final class EnvironmentSecrets implements SecretSource {
    private final Map<String, String> environment;

    EnvironmentSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String scheme() {
        return "env";
    }

    @Override
    public String load(String path) throws UnreadableSecretException {
        String value = environment.get(path);
        if (value == null) {
            throw new UnreadableSecretException("environment variable '" + path + "' is not set");
        }
        return value;
    }
}

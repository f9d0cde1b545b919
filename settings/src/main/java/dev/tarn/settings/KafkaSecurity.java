package dev.tarn.settings;

import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The options of Kafka's clients for a way of being secure. Certificates and keys are given as PEM texts, not as paths of
 * files, so that they hold on every machine that a Spark cluster has (KIP-651).
 */
final class KafkaSecurity {
    private static final String PROTOCOL = "security.protocol";
    private static final String MECHANISM = "sasl.mechanism";
    private static final String JAAS = "sasl.jaas.config";

    private final Map<String, String> options = new LinkedHashMap<>();
    private final Set<String> secretKeys = new LinkedHashSet<>();

    /** The authorities that brokers' certificates come from; those that Java knows, if nothing is said. */
    void trust(String pem) {
        options.put("ssl.truststore.type", "PEM");
        options.put("ssl.truststore.certificates", pem);
    }

    /** Encrypted, and the broker is known by its certificate. */
    void tls() {
        options.put(PROTOCOL, "SSL");
    }

    /** We are known by a certificate, too. */
    void certificate(String pem, Secret key) {
        options.put("ssl.keystore.type", "PEM");
        options.put("ssl.keystore.certificate.chain", pem);
        secret("ssl.keystore.key", key.reveal());
    }

    /** Encrypted, and we are known by name and password, which is never sent (RFC 5802). */
    void scram(String user, Secret password) {
        options.put(PROTOCOL, "SASL_SSL");
        options.put(MECHANISM, "SCRAM-SHA-512");
        secret(
                JAAS,
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=" + quoted(user)
                        + " password=" + quoted(password.reveal()) + ";");
    }

    /** Encrypted, and we are known by AWS. */
    void iam() {
        options.put(PROTOCOL, "SASL_SSL");
        options.put(MECHANISM, "AWS_MSK_IAM");
        options.put(JAAS, "software.amazon.msk.auth.iam.IAMLoginModule required;");
        options.put("sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    }

    /** These options, and what was written beside them, which counts before them. */
    Options with(Options written) {
        written.reveal().forEach((key, value) -> {
            options.put(key, value);
            secretKeys.remove(key);
        });
        secretKeys.addAll(written.secretKeys());
        return new Options(options, secretKeys);
    }

    private void secret(String key, String value) {
        options.put(key, value);
        secretKeys.add(key);
    }

    // As JAAS's reader, a StreamTokenizer, takes it apart again.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

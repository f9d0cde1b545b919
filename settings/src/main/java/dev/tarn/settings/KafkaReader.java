package dev.tarn.settings;

import dev.tarn.settings.KafkaSettings.EmbeddedKafka;
import dev.tarn.settings.KafkaSettings.ExternalKafka;
import dev.tarn.settings.read.Addresses;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code kafka:}, embedded or an address, and how it knows and trusts us. */
final class KafkaReader {
    private static final String TLS = "tls";
    private static final String SCRAM = "scram";
    private static final String IAM = "iam";
    private static final String UNREAD = "unread:1";

    private final ValueReader values;

    KafkaReader(ValueReader values) {
        this.values = values;
    }

    KafkaSettings read(YamlValue value) {
        KafkaSettings embedded = new EmbeddedKafka();
        if (!value.isMap()) {
            return values.word(
                    value, embedded, Map.of("embedded", embedded), "must be 'embedded' or {bootstrap: \"host:port\"}");
        }
        Optional<YamlMap> map = value.map(LakeKeys.KAFKA);
        return map.<KafkaSettings>map(this::external).orElse(embedded);
    }

    private ExternalKafka external(YamlMap kafka) {
        String bootstrap = kafka.require(
                "bootstrap",
                UNREAD,
                "write {bootstrap: \"host:port\"}",
                address -> values.text(address, UNREAD, Addresses::hostPorts));
        Options written =
                kafka.read("options", Options.none(), options -> values.options(options, LakeKeys.OUR_KAFKA_OPTIONS));
        String security = kafka.read("security", "", this::security);
        refuseWhatBelongsElsewhere(kafka, security);
        KafkaSecurity derived = new KafkaSecurity();
        kafka.find("ca").ifPresent(ca -> derived.trust(values.file(ca)));
        switch (security) {
            case TLS -> {
                derived.tls();
                if (kafka.find("certificate").isPresent() || kafka.find("key").isPresent()) {
                    derived.certificate(
                            kafka.require("certificate", "", "it belongs to the key", values::file),
                            kafka.require("key", Secret.of(""), "it belongs to the certificate", values::secret));
                }
            }
            case SCRAM ->
                derived.scram(
                        kafka.require(
                                "user", "", "kafka.security is scram", user -> values.text(user, "", Names::filled)),
                        kafka.require("password", Secret.of(""), "kafka.security is scram", values::secret));
            case IAM -> derived.iam();
            default -> {}
        }
        return new ExternalKafka(bootstrap, derived.with(written), security.equals(IAM));
    }

    private String security(YamlValue value) {
        return values.word(value, "", Map.of(TLS, TLS, SCRAM, SCRAM, IAM, IAM), "must be 'tls', 'scram' or 'iam'");
    }

    private static void refuseWhatBelongsElsewhere(YamlMap kafka, String security) {
        if (kafka.find("security").isPresent() && security.isEmpty()) {
            // It is wrong itself.
            return;
        }
        Map.of(
                        "user", List.of(SCRAM),
                        "password", List.of(SCRAM),
                        "certificate", List.of(TLS),
                        "key", List.of(TLS),
                        "ca", List.of(TLS, SCRAM, IAM))
                .forEach((key, belongs) -> kafka.find(key)
                        .filter(value -> !belongs.contains(security))
                        .ifPresent(value -> value.problem(value.name() + " belongs to security: "
                                + String.join(" or ", belongs) + ", "
                                + (security.isEmpty() ? "which is not written" : "not to " + security))));
    }
}

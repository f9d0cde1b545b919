package dev.tarn.settings;

import dev.tarn.settings.read.Addresses;
import dev.tarn.settings.secret.Options;

/** The Kafka that carries the topics. */
public sealed interface KafkaSettings {
    /** Started by Tarn. */
    record EmbeddedKafka() implements KafkaSettings {}

    /**
     * Kafka elsewhere.
     *
     * @param bootstrap {@code host:port,host:port}
     * @param options options of Kafka's clients, such as {@code security.protocol}
     */
    record ExternalKafka(String bootstrap, Options options) implements KafkaSettings {
        public ExternalKafka {
            Addresses.hostPorts(bootstrap);
        }
    }
}

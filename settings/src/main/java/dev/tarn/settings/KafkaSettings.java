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
     * @param options options of Kafka's clients, such as {@code security.protocol}: those that are written, and those that
     *     follow from {@code security}
     * @param iam whether its clients need the library that speaks to AWS
     */
    record ExternalKafka(String bootstrap, Options options, boolean iam) implements KafkaSettings {
        /** One with options alone. */
        public ExternalKafka(String bootstrap, Options options) {
            this(bootstrap, options, false);
        }

        public ExternalKafka {
            Addresses.hostPorts(bootstrap);
        }
    }
}

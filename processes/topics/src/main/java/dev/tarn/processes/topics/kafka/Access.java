package dev.tarn.processes.topics.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where Kafka and the registry are, and who we are for them.
 *
 * @param options of Kafka's clients, passwords among them
 * @param registryUser empty if the registry asks for none
 */
public record Access(
        String bootstrap, Map<String, String> options, String registry, String registryUser, String registryPassword) {
    public Access {
        options = Map.copyOf(options);
    }

    /** From the server's answer. */
    public static Access parse(JsonNode node) {
        Map<String, String> options = new LinkedHashMap<>();
        node.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return new Access(
                node.path("bootstrap").asText(),
                options,
                node.path("registry").asText(),
                node.path("registryUser").asText(""),
                node.path("registryPassword").asText(""));
    }

    public Admin admin() {
        return Admin.create(settings(Map.of("default.api.timeout.ms", "20000", "request.timeout.ms", "10000")));
    }

    /** A consumer that is in no group and makes no topics. */
    public KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                settings(Map.of("enable.auto.commit", "false", "allow.auto.create.topics", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A producer that neither doubles nor swaps events, whatever it has to send again. */
    public KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                settings(Map.of("acks", "all", "enable.idempotence", "true", "linger.ms", "10", "batch.size", "65536")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    // The user's options go before all of ours but those that no event may be lost or doubled by.
    private Map<String, Object> settings(Map<String, String> ours) {
        Map<String, Object> settings = new HashMap<>(ours);
        settings.putAll(options);
        for (String kept : new String[] {"acks", "enable.idempotence", "enable.auto.commit"}) {
            if (ours.containsKey(kept)) {
                settings.put(kept, ours.get(kept));
            }
        }
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }
}

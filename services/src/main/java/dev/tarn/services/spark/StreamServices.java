package dev.tarn.services.spark;

import java.util.Map;
import java.util.Optional;

/**
 * The services that streams read from and write to.
 *
 * @param bootstrap of Kafka: {@code host:port,host:port}
 * @param kafkaOptions of its clients; may hold secrets
 * @param registryUrl the base address of the registry's APIs
 * @param registryLogin {@code user:password}, a secret; empty if it asks for nobody
 */
public record StreamServices(
        String bootstrap, Map<String, String> kafkaOptions, String registryUrl, Optional<String> registryLogin) {
    public StreamServices {
        kafkaOptions = Map.copyOf(kafkaOptions);
    }

    @Override
    public String toString() {
        return "StreamServices[" + bootstrap + ", " + registryUrl + "]";
    }
}

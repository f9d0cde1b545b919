package dev.tarn.services.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services that streams read from and write to.
 *
 * @param bootstrap of Kafka: {@code host:port,host:port}
 * @param kafkaOptions of its clients; may hold secrets
 * @param kafkaLibraries folders under {@code lib/} that its clients need besides their own
 * @param registryUrl the base address of the registry's APIs
 * @param registryLogin {@code user:password}, a secret; empty if it asks for nobody
 */
public record StreamServices(
        String bootstrap,
        Map<String, String> kafkaOptions,
        List<String> kafkaLibraries,
        String registryUrl,
        Optional<String> registryLogin) {
    public StreamServices {
        kafkaOptions = Map.copyOf(kafkaOptions);
        kafkaLibraries = List.copyOf(kafkaLibraries);
    }

    @Override
    public String toString() {
        return "StreamServices[" + bootstrap + ", " + registryUrl + "]";
    }
}

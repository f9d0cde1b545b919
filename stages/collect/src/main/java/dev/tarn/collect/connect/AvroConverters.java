package dev.tarn.collect.connect;

import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.debezium.SourceSecrets;
import java.util.Map;
import java.util.TreeMap;

/** The converters between Connect's records and Avro with schemas in the registry. */
public final class AvroConverters {
    private AvroConverters() {}

    /** The settings of both converters, key and value. */
    public static Map<String, String> settings(LakePlaces places) {
        Map<String, String> settings = new TreeMap<>();
        for (String part : new String[] {"key.converter", "value.converter"}) {
            settings.put(part, "dev.tarn.processes.collect.avro.RegistryAvroConverter");
            String registry = part + ".apicurio.registry.";
            settings.put(registry + "url", places.registry() + "/apis/registry/v2");
            settings.put(registry + "auto-register", "true");
            settings.put(registry + "find-latest", "true");
            // Byte 0, then the 4-byte id, as other vendors' deserializers read it.
            settings.put(registry + "as-confluent", "true");
            settings.put(registry + "use-id", "contentId");
            settings.put(registry + "headers.enabled", "false");
            if (places.registryLogin() != null) {
                settings.put(
                        part + ".apicurio.auth.username", places.registryLogin().user());
                settings.put(part + ".apicurio.auth.password", SourceSecrets.registryReference());
            }
        }
        return settings;
    }
}

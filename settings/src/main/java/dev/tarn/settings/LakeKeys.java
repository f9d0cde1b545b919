package dev.tarn.settings;

import java.util.List;
import java.util.Set;

/** The keys of lake.yaml. */
final class LakeKeys {
    static final List<String> LAKE = List.of(
            "name",
            "storage",
            "kafka",
            "registry",
            "catalog",
            "engine",
            "limits",
            "memory",
            "sql",
            "schemas",
            "profiles");
    static final List<String> PROFILE =
            List.of("name", "storage", "kafka", "registry", "catalog", "engine", "limits", "memory", "sql", "schemas");
    static final List<String> STORAGE = List.of("url", "options");
    static final List<String> KAFKA =
            List.of("bootstrap", "security", "user", "password", "ca", "certificate", "key", "options");
    static final List<String> REGISTRY = List.of("url", "user", "password");
    static final List<String> CATALOG = List.of("metastore");
    static final List<String> ENGINE = List.of("spark");
    static final List<String> LIMITS = List.of("free-disk", "restart-pause");
    static final List<String> SQL = List.of("timeout", "max-rows");
    static final List<String> SCHEMAS = List.of("compatibility", "subjects");
    static final List<String> MEMORY = List.of("collect", "registry", "engine");
    /** Options of Kafka's clients that Tarn sets itself. */
    static final Set<String> OUR_KAFKA_OPTIONS = Set.of(
            "bootstrap.servers",
            "group.id",
            "key.deserializer",
            "key.serializer",
            "value.deserializer",
            "value.serializer");

    private LakeKeys() {}
}

package dev.tarn.cli.server;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service of a running lake; null where the server knows no value, as for the process of an external service.
 *
 * @param addresses by kind, such as {@code jdbc}, in the order of the server
 * @param message what the user should know, in words
 */
public record ServiceStatus(
        String name,
        ServiceState state,
        @Nullable Long pid,
        Map<String, String> addresses,
        @Nullable Long memoryBytes,
        @Nullable Long uptimeMillis,
        @Nullable String version,
        @Nullable String message) {
    public ServiceStatus {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
    }

    static ServiceStatus of(JsonFields fields) throws IOException {
        return new ServiceStatus(
                fields.text("name"),
                fields.word("state", ServiceState.class),
                fields.optionalNumber("pid"),
                fields.texts("addresses"),
                fields.optionalNumber("memoryBytes"),
                fields.optionalNumber("uptimeMillis"),
                fields.optionalText("version"),
                fields.optionalText("message"));
    }
}

package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about its lake.
 *
 * @param address of the server itself
 * @param answer all of it, as it came
 */
public record LakeStatus(
        String lake,
        LakeState state,
        long pid,
        String address,
        @Nullable Long memoryBytes,
        @Nullable Long uptimeMillis,
        String version,
        List<ServiceStatus> services,
        Map<String, Object> answer) {
    public LakeStatus {
        services = List.copyOf(services);
    }

    static LakeStatus parse(String json) throws IOException {
        JsonFields fields = JsonFields.parse(json);
        List<ServiceStatus> services = new ArrayList<>();
        for (JsonFields service : fields.objects("services")) {
            services.add(ServiceStatus.of(service));
        }
        return new LakeStatus(
                fields.text("lake"),
                fields.word("state", LakeState.class),
                fields.number("pid"),
                fields.text("address"),
                fields.optionalNumber("memoryBytes"),
                fields.optionalNumber("uptimeMillis"),
                fields.text("version"),
                services,
                fields.values());
    }
}

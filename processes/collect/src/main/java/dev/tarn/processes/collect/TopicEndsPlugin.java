package dev.tarn.processes.collect;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code GET /tarn/ends?topic=A&topic=B} to Kafka Connect's REST interface: the server of the lake has no Kafka client,
 * and this process has the settings and passwords of one.
 */
public final class TopicEndsPlugin implements ConnectRestExtension {
    private Map<String, ?> worker = Map.of();
    private @Nullable Admin admin;

    @Override
    public void configure(Map<String, ?> settings) {
        worker = settings;
    }

    @Override
    public void register(ConnectRestExtensionContext context) {
        Map<String, Object> client = new java.util.HashMap<>();
        AdminClientConfig.configNames().stream()
                .filter(worker::containsKey)
                .forEach(name -> client.put(name, worker.get(name)));
        Admin created = Admin.create(client);
        admin = created;
        context.configurable().register(new TopicEnds(created));
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
    }
}

package dev.tarn.store.connect;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes the changes of one topic into one table. One task: one writer owns a table. */
public final class LakeSink extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        String version = LakeSink.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void start(Map<String, String> properties) {
        settings = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return LakeSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(settings);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return LakeSinkSettings.DEFINITION;
    }
}

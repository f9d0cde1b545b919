package dev.tarn.collect.raw;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;

/** Keeps topics as Avro object files. docs/guide/raw-objects.md has its settings and the shape of its files. */
public final class RawSink extends SinkConnector {
    static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    static final String VERSION = version(RawSink.class.getPackage().getImplementationVersion());

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public ConfigDef config() {
        return RawSettings.DEFINITION;
    }

    @Override
    public Config validate(Map<String, String> given) {
        List<ConfigValue> values = new ArrayList<>(super.validate(given).configValues());
        for (String converter : List.of("key.converter", "value.converter")) {
            String value = given.get(converter);
            if (!BYTES.equals(value)) {
                values.add(
                        problem(converter, value, converter + " must be " + BYTES + ": records are kept as they are"));
            }
        }
        Set<String> known = new TreeSet<>(RawSettings.DEFINITION.names());
        for (String key : given.keySet()) {
            if (key.startsWith("raw.") && !key.startsWith(RawSettings.HADOOP_PREFIX) && !known.contains(key)) {
                values.add(problem(key, given.get(key), "unknown key '" + key + "'; known are " + known));
            }
        }
        return new Config(values);
    }

    private static ConfigValue problem(String key, @Nullable String value, String message) {
        return new ConfigValue(key, value, List.of(), List.of(message));
    }

    @Override
    public void start(Map<String, String> given) {
        RawSettings settings = RawSettings.of(given);
        if (!settings.path().getScheme().equals("file")) {
            try {
                Class.forName("org.apache.hadoop.fs.s3a.S3AFileSystem", false, RawSink.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw hadoopIsMissing(settings.path(), e);
            }
        }
        properties = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RawSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    static ConnectException hadoopIsMissing(URI path, Throwable cause) {
        return new ConnectException(
                "Cannot write to '" + path + "': the plugin has no Hadoop file systems. Put hadoop-client-api,"
                        + " hadoop-client-runtime and hadoop-aws with its AWS bundle into plugins/raw-sink, then restart"
                        + " the lake. [RAW_NO_HADOOP]",
                cause);
    }

    private static String version(@Nullable String version) {
        return version == null ? "unknown" : version;
    }
}

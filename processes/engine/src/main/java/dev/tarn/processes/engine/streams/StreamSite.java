package dev.tarn.processes.engine.streams;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Where streams run: the lake's own engine, Kafka, registry and storage.
 *
 * @param kafkaOptions of Kafka's clients; may hold secrets
 * @param lake the lake directory, where relative paths start
 * @param storage where tables lie
 * @param notes the folder that keeps which streams have been started
 */
public record StreamSite(
        SparkSession session,
        String bootstrap,
        Map<String, String> kafkaOptions,
        SchemaRegistry registry,
        Path lake,
        String storage,
        Path notes) {
    public StreamSite {
        kafkaOptions = Map.copyOf(kafkaOptions);
    }

    /** Settings of a client of ours. */
    Map<String, Object> client() {
        Map<String, Object> settings = new HashMap<>(kafkaOptions);
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }

    /** Options of Spark's source and sink. */
    Map<String, String> sparkOptions() {
        Map<String, String> options = new HashMap<>();
        client().forEach((key, value) -> options.put("kafka." + key, String.valueOf(value)));
        return options;
    }

    /** A path of a stream's file as Spark reads it. */
    String resolve(String path) {
        return path.contains("://") ? path : lake.resolve(path).toString();
    }

    /** The folder of all checkpoints, one of which is in it for each stream that has begun. */
    String checkpoints() {
        return storage + "/.checkpoints/streams";
    }

    /** The folder of a stream's checkpoint. */
    String checkpoint(String stream) {
        return checkpoints() + "/" + stream;
    }

    /** The folder of the events that a stream could not decode. */
    String quarantine(String stream) {
        return storage + "/quarantine/streams/" + stream;
    }

    @Override
    public String toString() {
        return "StreamSite[" + bootstrap + ", " + storage + "]";
    }
}

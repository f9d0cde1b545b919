package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.StreamDefinition.Input;
import dev.tarn.processes.engine.streams.StreamDefinition.TopicInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** The schemas by which a stream reads: the registry's newest, or a file's of {@code schemas/}. */
final class ReaderSchemas {
    private final StreamSite site;

    ReaderSchemas(StreamSite site) {
        this.site = site;
    }

    /** Those of a stream's topics as they are now, by topic. */
    Map<String, String> load(StreamDefinition stream) {
        Map<String, String> schemas = new LinkedHashMap<>();
        for (Input input : stream.inputs()) {
            if (input instanceof TopicInput topic) {
                schemas.put(topic.topic(), load(stream.name(), topic.topic()));
            }
        }
        return schemas;
    }

    private String load(String stream, String topic) {
        String subject = topic + "-value";
        return site.registry()
                .findLatest(subject)
                .map(SchemaRegistry.Registered::schema)
                .or(() -> find(subject))
                .orElseThrow(() -> new RefusedException(
                        400,
                        "SCHEMA_MISSING",
                        "Cannot start stream '" + stream + "': the registry has no schema '" + subject + "' for topic '"
                                + topic + "'. Write schemas/" + subject + ".avsc."));
    }

    /** The content of a file of {@code schemas/}. */
    Optional<String> find(String name) {
        Path file = site.lake().resolve("schemas").resolve(name + ".avsc");
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new RefusedException(
                    400, "SCHEMA_INVALID", "Cannot read schemas/" + name + ".avsc: " + e + ". Correct the file.");
        }
    }

    /** A schema as Spark's type. */
    static StructType type(String stream, String name, String schema) {
        try {
            return AvroSchemas.type(AvroSchemas.parse(schema));
        } catch (RuntimeException e) { // Avro's and Spark's own are not checked.
            throw new RefusedException(
                    400,
                    "SCHEMA_INVALID",
                    "Cannot start stream '" + stream + "': schema '" + name + "' does not fit: " + e.getMessage()
                            + ". Correct it.");
        }
    }
}

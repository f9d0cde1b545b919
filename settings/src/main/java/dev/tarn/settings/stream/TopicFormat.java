package dev.tarn.settings.stream;

/** How the events of a topic are written. The registry has the schema of either. */
public enum TopicFormat {
    AVRO,
    JSON
}

package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** Offsets of Kafka as Spark writes them: {@code {"sales":{"0":250}}}. */
final class Offsets {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Offsets() {}

    /** Adds those of a text to others, by topic and partition. */
    static void read(String json, Map<String, Map<Integer, Long>> offsets) {
        try {
            JSON.readTree(json)
                    .fields()
                    .forEachRemaining(topic -> topic.getValue()
                            .fields()
                            .forEachRemaining(
                                    partition -> offsets.computeIfAbsent(topic.getKey(), name -> new TreeMap<>())
                                            .put(
                                                    Integer.valueOf(partition.getKey()),
                                                    partition.getValue().asLong())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no offsets of Kafka: " + json, e);
        }
    }
}

package dev.tarn.store;

/** A partition of a Kafka topic. */
public record TopicPartition(String topic, int partition) {
    /** For changes that do not come from Kafka. */
    public static final TopicPartition NONE = new TopicPartition("", 0);
}

package dev.tarn.processes.topics.tail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.processes.topics.event.EventText;
import dev.tarn.processes.topics.event.JsonValues;
import dev.tarn.processes.topics.event.WriterSchemas;
import dev.tarn.processes.topics.kafka.Access;
import dev.tarn.processes.topics.kafka.KafkaFaults;
import dev.tarn.processes.topics.kafka.LastRecords;
import dev.tarn.processes.topics.kafka.Topics;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Prints the last events of a topic, one JSON object a line, and those that come. */
public final class Tail {
    private final Access access;
    private final PrintStream out;
    private final EventText text;

    public Tail(Access access, PrintStream out) {
        this.access = access;
        this.out = out;
        this.text = new EventText(new WriterSchemas(access));
    }

    /** @param follows whether it goes on until the process ends */
    public void run(String topic, int count, boolean follows) {
        List<TopicPartition> partitions;
        try (Topics topics = new Topics(access)) {
            partitions = topics.load(topic);
        }
        KafkaFaults.ask("read topic '" + topic + "'", "READ on topic '" + topic + "'", access, () -> {
            try (KafkaConsumer<byte[], byte[]> consumer = access.consumer()) {
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                last(consumer, partitions, ends, count).forEach(this::print);
                out.flush();
                if (follows) {
                    follow(consumer, partitions, ends);
                }
            }
            return topic;
        });
    }

    private static List<ConsumerRecord<byte[], byte[]>> last(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            int count) {
        LastRecords records = new LastRecords(consumer);
        List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            last.addAll(records.find(partition, ends.getOrDefault(partition, 0L), count, event -> true));
        }
        if (partitions.size() > 1) {
            // Stable: events of a partition with one time stay in order.
            last.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
        }
        return last.subList(Math.max(0, last.size() - count), last.size());
    }

    private void follow(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        consumer.assign(partitions);
        ends.forEach(consumer::seek);
        while (!out.checkError()) {
            consumer.poll(Duration.ofMillis(500)).forEach(this::print);
            out.flush();
        }
    }

    private void print(ConsumerRecord<byte[], byte[]> event) {
        ObjectNode line = JsonValues.JSON.createObjectNode();
        line.put("partition", event.partition());
        line.put("offset", event.offset());
        line.put("timestamp", Instant.ofEpochMilli(event.timestamp()).toString());
        EventText.Decoded key = text.decode(event.key());
        EventText.Decoded value = text.decode(event.value());
        line.set("key", key.value());
        line.set("value", value.value());
        if (key.problem() != null || value.problem() != null) {
            line.put("problem", value.problem() == null ? "key: " + key.problem() : value.problem());
        }
        out.println(JsonValues.text(line));
    }
}

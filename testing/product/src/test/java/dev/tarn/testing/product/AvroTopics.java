package dev.tarn.testing.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Changes in the lake's topics, decoded with plain Avro and the schema that the registry gives for their id. */
final class AvroTopics {
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Lake lake;
    private final String kafka;
    private final String registry;

    AvroTopics(Lake lake) {
        this.lake = lake;
        this.kafka = lake.address("collect", "kafka");
        this.registry = lake.address("registry", "http");
    }

    /** All values of a topic so far, in order; none if there is no such topic. */
    List<GenericRecord> read(String topic) throws IOException, InterruptedException {
        List<GenericRecord> values = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "allow.auto.create.topics", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return values;
            }
            assertOnePartition(consumer, topic);
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(decode(message.value()));
                }
            }
        }
        return values;
    }

    private void assertOnePartition(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        if (consumer.partitionsFor(topic).size() != 1) {
            throw new AssertionError("topic " + topic + " of " + lake.directory() + " has several partitions");
        }
    }

    private GenericRecord decode(byte[] message) throws IOException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (bytes.get() != 0) {
            throw new AssertionError("a value does not begin with byte 0");
        }
        Schema schema = schema(bytes.getInt());
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));
    }

    private Schema schema(int id) throws IOException, InterruptedException {
        Schema known = schemas.get(id);
        if (known == null) {
            String answer =
                    Http.get(registry + "/apis/ccompat/v7/schemas/ids/" + id).body();
            known = new Schema.Parser()
                    .parse(String.valueOf(JSON.std.mapFrom(answer).get("schema")));
            schemas.put(id, known);
        }
        return known;
    }
}

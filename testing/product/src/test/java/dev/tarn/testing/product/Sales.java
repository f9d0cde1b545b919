package dev.tarn.testing.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Real sales of a shop that lends films, as events of a topic: in Avro, by a schema of the registry. */
final class Sales {
    static final String SCHEMA = """
            {"type": "record", "name": "sale", "fields": [
              {"name": "payment_id", "type": "long"},
              {"name": "customer_id", "type": "long"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2}},
              {"name": "payment_date", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "city", "type": ["null", "string"], "default": null},
              {"name": "country", "type": "string"}]}
            """;
    static final Instant START = Instant.parse("2021-09-08T00:00:00Z");
    static final Duration STEP = Duration.ofMillis(750);

    private final Lake lake;
    private final Schema schema = new Schema.Parser().parse(SCHEMA);

    Sales(Lake lake) {
        this.lake = lake;
    }

    /** Where the files of sales lie; empty on a machine that has none. */
    static Optional<Path> data() {
        Path root = Tarn.root();
        return List.of("../shared/data/pagila", "../../shared/data/pagila").stream()
                .map(place -> root.resolve(place).normalize())
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** The lines of one of the expected results, without its heading. */
    static List<String> expected(String file) throws IOException {
        List<String> lines = Files.readAllLines(data().orElseThrow().resolve(file));
        return lines.subList(1, lines.size());
    }

    /** Publishes a file of sales, one every 750 ms of the records' time. */
    void publish(String file, String topic) throws IOException, InterruptedException, ExecutionException {
        int id = register(topic + "-value", SCHEMA);
        create(topic);
        List<String> lines = Files.readAllLines(data().orElseThrow().resolve(file));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                long time = START.plus(STEP.multipliedBy(i - 1)).toEpochMilli();
                sent.add(producer.send(new ProducerRecord<>(topic, null, time, null, encode(lines.get(i), id))));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    /** Publishes bytes that are no event. */
    void publishBytes(String topic, byte[] value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, null, START.toEpochMilli(), null, value))
                    .get();
        }
    }

    /** Publishes a text as it is. */
    void publishText(String topic, String value) throws ExecutionException, InterruptedException {
        publishBytes(topic, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a topic that keeps what is old. */
    void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", lake.address("collect", "kafka")))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
    }

    int register(String subject, String json) throws IOException, InterruptedException {
        String answer = Http.post(
                        lake.address("registry", "http") + "/apis/ccompat/v7/subjects/" + subject + "/versions",
                        "application/vnd.schemaregistry.v1+json",
                        JSON.std.asString(Map.of("schema", json)))
                .body();
        return ((Number) JSON.std.mapFrom(answer).getOrDefault("id", -1)).intValue();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", lake.address("collect", "kafka"), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    // payment_id|customer_id|amount|payment_date|city|district|country
    private byte[] encode(String line, int id) throws IOException {
        String[] fields = line.split("\\|", -1);
        GenericRecord sale = new GenericData.Record(schema);
        sale.put("payment_id", Long.valueOf(fields[0]));
        sale.put("customer_id", Long.valueOf(fields[1]));
        sale.put(
                "amount",
                ByteBuffer.wrap(
                        new BigDecimal(fields[2]).setScale(2).unscaledValue().toByteArray()));
        Instant paid = OffsetDateTime.parse(
                        fields[3].replaceFirst(" ?\\+00(:00)?$", "Z").replaceFirst(" ", "T"))
                .toInstant();
        sale.put("payment_date", paid.getEpochSecond() * 1_000_000 + paid.getNano() / 1_000);
        sale.put("city", fields[4]);
        sale.put("country", fields[6]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(sale, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}

package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.gate.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics are kept as Avro files that plain Avro reads, each record once, even if the process is killed. */
@OnLake(MuseumLake.class)
@Order(4)
class RawObjectsIT {
    private static final int KILLS = Rounds.of("tarn.raw-kills", 1, 2);
    private static final String TOPIC = "loans";
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final Schema OLD = schema().endRecord();
    private static final Schema NEW = schema().optionalString("lender").endRecord();

    @TempDir
    private Path files;

    private static SchemaBuilder.FieldAssembler<Schema> schema() {
        return SchemaBuilder.record("Loan").fields().requiredLong("number").requiredString("work");
    }

    @Test
    void everyRecordIsInOneFileThoughTheProcessIsKilledAndSchemasMix(Lake lake) throws Exception {
        int older = register(lake, OLD);
        int newer = register(lake, NEW);
        createConnector(lake);
        Map<Long, String> expected = new TreeMap<>();
        long number = 0;
        for (int round = 0; round <= KILLS; round++) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            List<String> contents = new ArrayList<>();
            try (KafkaProducer<byte[], byte[]> producer = producer(lake)) {
                for (int i = 0; i < 700; i++) {
                    boolean evolved = round > 0 && i % 3 == 0;
                    number++;
                    sent.add(
                            producer.send(record(evolved ? encoded(newer, NEW, number) : encoded(older, OLD, number))));
                    contents.add("topics " + number + (evolved ? " new" : " old"));
                }
                sent.add(producer.send(record(null)));
                contents.add("tombstones");
                sent.add(producer.send(record(new byte[] {'n', 'o', ' ', 'A', 'v', 'r', 'o'})));
                contents.add("quarantine");
            }
            for (int i = 0; i < sent.size(); i++) {
                expected.put(sent.get(i).get().offset(), contents.get(i));
            }
            if (round < KILLS) {
                // In the middle of the next files: enough is finished, not all.
                int enough = 300 * (round + 1);
                await().atMost(Duration.ofMinutes(4)).until(() -> found().size() >= enough);
                kill(lake);
            }
        }

        await().atMost(Duration.ofMinutes(4)).until(() -> found().size() >= expected.size());
        assertThat(found()).isEqualTo(expected);
        kill(lake);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(found()).isEqualTo(expected));
        // Behind the last kill it may take a while until somebody listens.
        await().ignoreExceptionsInstanceOf(IOException.class)
                .atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> delete(lake, "/connectors/raw-loans"));
    }

    /** What each offset was found as; an offset that is found twice fails the test. */
    private Map<Long, String> found() throws IOException {
        List<Path> finished;
        try (Stream<Path> all = Files.walk(files)) {
            finished = all.filter(file -> file.toString().endsWith(".avro")
                            && !files.relativize(file).toString().startsWith("."))
                    .toList();
        }
        Map<Long, String> found = new TreeMap<>();
        for (Path file : finished) {
            String section = files.relativize(file).getName(0).toString();
            assertThat(files.relativize(file).toString())
                    .matches(section + "/" + TOPIC + "/partition=0/" + TOPIC + "\\+0\\+\\d{10}\\.avro");
            try (DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>())) {
                String kind = reader.getSchema().getFields().size() == 3 ? " new" : " old";
                for (long offset : offsets(reader.getMetaString("tarn.offsets"))) {
                    GenericRecord row = reader.next();
                    String content = section.equals("topics") ? section + " " + row.get("number") + kind : section;
                    assertThat(found.put(offset, content))
                            .as("offset %d", offset)
                            .isNull();
                }
                assertThat(reader.hasNext()).isFalse();
            }
        }
        return found;
    }

    private static List<Long> offsets(String ranges) {
        return Stream.of(ranges.split(","))
                .map(range -> range.split("-"))
                .flatMap(ends -> LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                        .boxed())
                .toList();
    }

    private void createConnector(Lake lake) throws IOException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "connector.class",
                "dev.tarn.collect.raw.RawSink",
                "topics",
                TOPIC,
                "key.converter",
                BYTES,
                "value.converter",
                BYTES,
                "raw.path",
                files.toString(),
                "raw.registry.url",
                lake.address("registry", "http"),
                "raw.flush.records",
                "200",
                "raw.flush.interval.ms",
                "1500");
        HttpResponse<String> created = Http.post(
                lake.address("collect", "connect") + "/connectors",
                "application/json",
                JSON.std.asString(Map.of("name", "raw-loans", "config", settings)));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static int register(Lake lake, Schema schema) throws IOException, InterruptedException {
        HttpResponse<String> registered = Http.post(
                lake.address("registry", "http") + "/apis/ccompat/v7/subjects/" + TOPIC + "-value/versions",
                "application/vnd.schemaregistry.v1+json",
                JSON.std.asString(Map.of("schema", schema.toString())));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        return ((Number) JSON.std.mapFrom(registered.body()).getOrDefault("id", -1)).intValue();
    }

    private static KafkaProducer<byte[], byte[]> producer(Lake lake) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", lake.address("collect", "kafka"), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ProducerRecord<>(TOPIC, 0, new byte[] {7}, value);
    }

    private static byte[] encoded(int id, Schema schema, long number) throws IOException {
        GenericRecord loan = new GenericData.Record(schema);
        loan.put("number", number);
        loan.put("work", "Étude " + number);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(loan, encoder);
        return out.toByteArray();
    }

    private static void kill(Lake lake) {
        long killed = lake.pid("collect");
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        // Between two lives the process has no id.
        await().atMost(Duration.ofMinutes(4)).ignoreExceptions().untilAsserted(() -> {
            assertThat(lake.service("collect")).containsEntry("state", "healthy");
            assertThat(lake.pid("collect")).isNotEqualTo(killed);
        });
    }

    private static void delete(Lake lake, String path) throws IOException, InterruptedException {
        assertThat(Http.delete(lake.address("collect", "connect") + path).statusCode())
                .isEqualTo(204);
    }
}

package dev.tarn.collect.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.collect.raw.FaultyStore.Fault;
import dev.tarn.collect.raw.storage.LocalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawSinkTaskTest {
    private static final TopicPartition WORKS = new TopicPartition("museum.public.works", 2);
    private static final TopicPartition OTHERS = new TopicPartition("museum.public.others", 0);

    @TempDir
    private Path folder;

    private RegistryServer registry;
    private final TestClock clock = new TestClock();
    private final TestWorker worker = new TestWorker();
    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void startRegistry() throws IOException {
        registry = RegistryServer.start();
        registry.put(7, Works.schema(1));
        registry.put(9, Works.schema(2));
        properties.put("name", "raw");
        properties.put(RawSettings.PATH, folder.toUri().toString());
        properties.put(RawSettings.REGISTRY, registry.url() + "/");
        properties.put(RawSettings.FLUSH_RECORDS, "100");
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void fullFileIsNamedByItsFirstOffsetAndHoldsTheProducersBytes() throws IOException {
        works(WORKS, 5_000, 250);
        start();
        worker.turn(250);

        assertThat(paths())
                .containsExactly(
                        "topics/museum.public.works/partition=2/museum.public.works+2+0000005000.avro",
                        "topics/museum.public.works/partition=2/museum.public.works+2+0000005100.avro");
        StoredFile file = finished().get(1);
        assertThat(file.schema()).isEqualTo(Works.schema(1));
        assertThat(file.records())
                .hasSize(100)
                .first()
                .satisfies(row -> assertThat(row.get("title")).isEqualTo(new Utf8("Komposition №5100")));
        assertThat(file.timestamps()).isEqualTo("1700000005100,1x99");
        assertThat(worker.commitRequested()).isTrue();
        worker.commit();
        assertThat(worker.committed(WORKS)).isEqualTo(5_200);
        assertThat(registry.requests()).as("a schema is asked for once").isEqualTo(1);
    }

    @Test
    void fileThatDoesNotFillIsFinishedWhenItsTimeHasCome() throws IOException {
        properties.put(RawSettings.FLUSH_INTERVAL, "30000");
        works(WORKS, 0, 3);
        start();
        worker.turn(10);
        assertThat(worker.timeoutMillis()).isEqualTo(30_000);
        clock.advance(Duration.ofSeconds(29));
        worker.turn(10);
        assertThat(paths()).isEmpty();
        worker.commit();
        assertThat(worker.committed(WORKS)).isZero();

        clock.advance(Duration.ofSeconds(1));
        worker.turn(10);

        assertThat(finished())
                .singleElement()
                .satisfies(file -> assertThat(file.offsets()).containsExactly(0L, 1L, 2L));
        worker.commit();
        assertThat(worker.committed(WORKS)).isEqualTo(3);
    }

    @Test
    void restartBetweenFinishingAndCommittingDoesNotRepeatRecordsEvenIfFilesGetOtherSizes() throws IOException {
        works(WORKS, 0, 130);
        start();
        worker.turn(130);
        clock.advance(Duration.ofMinutes(2));
        worker.turn(1);
        works(WORKS, 130, 50);
        properties.put(RawSettings.FLUSH_RECORDS, "70");

        start(); // Nothing was committed.
        worker.turn(1000);
        clock.advance(Duration.ofMinutes(2));
        worker.turn(1);

        assertThat(finished()).extracting(file -> file.offsets().size()).containsExactly(100, 30, 50);
    }

    @Test
    void schemasThatMixShareAGroupOfOneFileEachAndNoFileIsCutAtASwitch() throws IOException {
        for (int i = 0; i < 100; i++) {
            boolean newer = i % 2 == 1;
            worker.produce(WORKS, i, null, Works.encoded(newer ? 9 : 7, newer ? 2 : 1, i));
        }
        start();
        worker.turn(100);

        assertThat(paths())
                .containsExactly(
                        "topics/museum.public.works/partition=2/museum.public.works+2+0000000000.avro",
                        "topics/museum.public.works/partition=2/museum.public.works+2+0000000001.avro");
        assertThat(finished()).extracting(StoredFile::schema).containsExactly(Works.schema(1), Works.schema(2));
        assertThat(finished()).allSatisfy(file -> assertThat(file.offsets()).hasSize(50));
    }

    @Test
    void tombstonesAreKeptWithTheirKeyOffsetAndTime() throws IOException {
        works(WORKS, 0, 1);
        worker.produce(WORKS, 1, new byte[] {4, 2}, null);
        flushAll();

        StoredFile file = finished().get(0);
        assertThat(file.path())
                .isEqualTo("tombstones/museum.public.works/partition=2/museum.public.works+2+0000000001.avro");
        assertThat(file.records()).singleElement().satisfies(row -> {
            assertThat(row.get("offset")).isEqualTo(1L);
            assertThat(row.get("timestamp")).isEqualTo(1_700_000_000_001L);
            assertThat(row.get("key")).isEqualTo(ByteBuffer.wrap(new byte[] {4, 2}));
        });
    }

    @Test
    void tombstonesAreLeftOutIfTheSettingSaysSoAndOffsetsPassThem() throws IOException {
        properties.put(RawSettings.TOMBSTONES, "drop");
        worker.produce(WORKS, 0, new byte[] {1}, null);
        worker.produce(WORKS, 1, new byte[] {2}, null);
        flushAll();

        assertThat(paths()).isEmpty();
        worker.commit();
        assertThat(worker.committed(WORKS)).isEqualTo(2);
    }

    @Test
    void badRecordGoesToTheQuarantineWithItsReasonAndTheStreamGoesOn() throws IOException {
        byte[] truncated = Arrays.copyOf(Works.encoded(7, 1, 4), 9);
        byte[] padded = Arrays.copyOf(Works.encoded(7, 1, 5), 100);
        registry.put("/schemas/ids/11", Map.of("schema", "{\"type\": \"object\"}", "schemaType", "JSON"));
        worker.produce(WORKS, 0, new byte[] {9}, new byte[] {'{', '"', 'a', '"', ':', '1', '}'});
        worker.produce(WORKS, 1, null, new byte[] {0, 0});
        worker.produce(WORKS, 2, null, Works.encoded(8, 1, 2));
        worker.produce(WORKS, 3, null, Works.encoded(11, 1, 3));
        worker.produce(WORKS, 4, null, truncated);
        worker.produce(WORKS, 5, null, padded);
        works(WORKS, 6, 1);
        flushAll();

        assertThat(finished()).hasSize(2);
        StoredFile quarantine = finished().get(0);
        assertThat(quarantine.path())
                .isEqualTo("quarantine/museum.public.works/partition=2/museum.public.works+2+0000000000.avro");
        assertThat(quarantine.records())
                .extracting(row -> row.get("reason").toString())
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .isEqualTo("the value begins with byte 0x7b, not with byte 0 and a schema id"),
                        reason -> assertThat(reason)
                                .isEqualTo("the value has 2 bytes; with byte 0 and a schema id it has at least 5"),
                        reason -> assertThat(reason).isEqualTo("the registry knows no schema of id 8"),
                        reason -> assertThat(reason).isEqualTo("schema 11 is of type JSON, not AVRO"),
                        reason -> assertThat(reason).startsWith("the bytes do not fit schema 7: "),
                        reason -> assertThat(reason)
                                .isEqualTo("the bytes do not fit schema 7: there are more of them than the schema"
                                        + " takes"));
        GenericRecord first = quarantine.records().get(0);
        assertThat(first.get("topic")).hasToString(WORKS.topic());
        assertThat(first.get("partition")).isEqualTo(2);
        assertThat(first.get("offset")).isEqualTo(0L);
        assertThat(first.get("key")).isEqualTo(ByteBuffer.wrap(new byte[] {9}));
        assertThat(((ByteBuffer) first.get("value")).remaining()).isEqualTo(7);
        assertThat(finished().get(1).offsets()).containsExactly(6L);
    }

    @Test
    void registryThatIsDownHoldsUpOnlyWhatNeedsItAndNothingIsLost() throws IOException {
        works(OTHERS, 0, 1);
        worker.produce(WORKS, 0, null, Works.encoded(7, 1, 0));
        start();
        worker.turn(1);
        registry.goDown();
        works(OTHERS, 1, 99);
        worker.produce(WORKS, 1, null, Works.encoded(9, 2, 1));
        worker.turn(1000);

        assertThat(worker.isPaused(WORKS)).isTrue();
        assertThat(finished())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).contains(OTHERS.topic()));
        assertThat(worker.timeoutMillis()).isEqualTo(1000);
        clock.advance(Duration.ofSeconds(1));
        worker.turn(1000);
        worker.turn(1000);
        assertThat(worker.timeoutMillis()).as("pauses grow").isEqualTo(2000);

        registry.comeBack();
        clock.advance(Duration.ofSeconds(2));
        worker.turn(1000);
        worker.turn(1000);
        clock.advance(Duration.ofMinutes(2));
        worker.turn(1);

        assertThat(worker.isPaused(WORKS)).isFalse();
        assertThat(finished())
                .filteredOn(file -> file.path().contains(WORKS.topic()))
                .extracting(StoredFile::offsets)
                .containsExactly(List.of(0L), List.of(1L));
    }

    @Test
    void fullDiskFailsTheTaskWithAClearMessageAfterRetriesAndNothingIsLost() throws IOException {
        properties.put(RawSettings.RETRIES, "2");
        AtomicBoolean full = new AtomicBoolean(true);
        works(WORKS, 0, 100);
        start(full);
        worker.turn(100);
        assertThat(worker.isPaused(WORKS)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        worker.turn(100);
        worker.turn(100);
        clock.advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> worker.turn(100))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Cannot write topic 'museum.public.works' partition 2 to '" + folder.toUri()
                        + "': No space left on device. It failed 3 times in a row. Nothing is lost: make room or mend"
                        + " the store, then restart the task. [RAW_WRITE]");
        worker.commit();
        assertThat(worker.committed(WORKS)).isZero();

        full.set(false);
        start(full);
        worker.turn(100);
        assertThat(finished())
                .singleElement()
                .satisfies(file -> assertThat(file.offsets()).hasSize(100));
    }

    @Test
    void diskThatHasRoomAgainIsUsedWithoutARestart() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        works(WORKS, 0, 100);
        start(full);
        worker.turn(100);
        full.set(false);
        clock.advance(Duration.ofSeconds(1));
        worker.turn(100);
        worker.turn(100);

        assertThat(finished())
                .singleElement()
                .satisfies(file -> assertThat(file.offsets()).hasSize(100));
        worker.commit();
        assertThat(worker.committed(WORKS)).isEqualTo(100);
    }

    @Test
    void topicThatWasMadeAnewIsNotTakenForTheOldOne() throws IOException {
        works(WORKS, 0, 100);
        start();
        worker.turn(100);
        RawSinkTask task = start();
        SinkRecord again = new SinkRecord(WORKS.topic(), WORKS.partition(), null, null, null, new byte[] {0}, 0);

        assertThatThrownBy(() -> task.put(List.of(again)))
                .hasMessage("Cannot write topic 'museum.public.works' partition 2: Kafka gives offset 0, but the files"
                        + " in '" + folder + "/topics/museum.public.works/partition=2' end at offset 99, so the topic"
                        + " was made anew. Move the files of this partition away, then restart the task."
                        + " [RAW_TOPIC_ANEW]");
    }

    @Test
    void filesThatAUserTookAwayAfterTheyWereFinishedDoNotBringTheOthersDown() throws IOException {
        for (int i = 0; i < 100; i++) {
            worker.produce(WORKS, i, null, i == 50 ? new byte[] {1, 1, 1, 1, 1} : Works.encoded(7, 1, i));
        }
        start();
        worker.turn(100);
        worker.commit();
        Files.delete(folder.resolve(finished().get(0).path()));

        start();
        worker.turn(100);

        assertThat(finished())
                .singleElement()
                .satisfies(file -> assertThat(file.records()).hasSize(99));
    }

    @Test
    void recordThatAConverterHasTouchedIsRefused() {
        works(WORKS, 0, 1);
        RawSinkTask task = start();
        SinkRecord text = new SinkRecord(WORKS.topic(), WORKS.partition(), null, null, null, "text", 0);

        assertThatThrownBy(() -> task.put(List.of(text)))
                .hasMessage("Cannot keep a record as it is: value.converter has made it a String. Set value.converter"
                        + " to org.apache.kafka.connect.converters.ByteArrayConverter. [RAW_CONVERTER]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstandard", "snappy", "deflate", "null"})
    void everyCodecIsReadByPlainAvro(String codec) throws IOException {
        properties.put(RawSettings.CODEC, codec);
        works(WORKS, 0, 1000);
        start();
        worker.turn(1000);

        assertThat(finished())
                .hasSize(10)
                .allSatisfy(file -> assertThat(file.records()).hasSize(100));
    }

    @Test
    void schemaThatRefersToOthersIsPutTogether() throws IOException {
        registry.put(
                "/schemas/ids/20",
                Map.of(
                        "schema",
                        "{\"type\": \"array\", \"items\": \"museum.public.Work\"}",
                        "references",
                        List.of(Map.of("name", "museum.public.Work", "subject", "work", "version", 1))));
        registry.put(
                "/subjects/work/versions/1", Map.of("schema", Works.schema(1).toString()));

        WriterSchema answer = new SchemaRegistry(registry.url(), clock).find(20);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        WriterSchema.Known.class,
                        known -> assertThat(known.schema().getElementType()).isEqualTo(Works.schema(1)));
    }

    private void works(TopicPartition id, long first, int count) {
        for (long offset = first; offset < first + count; offset++) {
            worker.produce(id, offset, null, Works.encoded(7, 1, offset));
        }
    }

    private void flushAll() {
        start();
        worker.turn(1000);
        clock.advance(Duration.ofMinutes(2));
        worker.turn(1000);
    }

    private RawSinkTask start() {
        return start(new AtomicBoolean());
    }

    private RawSinkTask start(AtomicBoolean full) {
        return worker.startTask(
                RawSettings.of(properties),
                new FaultyStore(new LocalStore(folder), step -> full.get() ? Fault.FAIL_BEFORE : Fault.NONE),
                clock);
    }

    private List<StoredFile> finished() throws IOException {
        return StoredFile.all(folder);
    }

    private List<String> paths() throws IOException {
        return StoredFile.paths(folder).stream()
                .filter(path -> !path.startsWith("."))
                .toList();
    }
}

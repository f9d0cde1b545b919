package dev.tarn.store.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task against a real table; Connect's side of the contract is played by hand. */
class LakeSinkTaskTest {
    private static final TopicPartition PARTITION = new TopicPartition("lake.public.artists", 0);
    private static final Schema ROW = SchemaBuilder.struct()
            .field("id", Schema.OPTIONAL_INT32_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("__op", Schema.OPTIONAL_STRING_SCHEMA)
            .field("__lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("__source_ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    @TempDir
    private Path folder;

    @Test
    void nextTaskReadsOnFromTheLastCommitAndRepeatsNothing() {
        RecordingContext first = new RecordingContext();
        LakeSinkTask task = started(first);
        task.put(List.of(row(0, "one"), row(1, "two"), row(2, "three")));
        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(3))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(3)));
        // Gathered, not committed: the interval is an hour.
        task.put(List.of(row(3, "four")));
        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(4))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(3)));
        task.close(Set.of(PARTITION));
        task.stop();

        RecordingContext second = new RecordingContext();
        LakeSinkTask successor = started(second);

        assertThat(first.offsets).isEmpty();
        assertThat(second.offsets).containsExactly(Map.entry(PARTITION, 3L));
        successor.stop();
    }

    @Test
    void waitForTheNextCommitIsToldToConnect() {
        RecordingContext context = new RecordingContext();
        LakeSinkTask task = started(context);
        task.put(List.of(row(0, "one"), row(1, "two"), row(2, "three")));

        task.put(List.of(row(3, "four")));

        assertThat(context.timeouts)
                .last()
                .satisfies(millis -> assertThat(millis).isBetween(3_599_000L, 3_600_250L));
        task.stop();
    }

    @Test
    void deleteAtTheEndOfAPollWaitsForTheCreateOfTheSameRowUnderAnotherKey() {
        LakeSinkTask task = started(new RecordingContext());
        Map<TopicPartition, OffsetAndMetadata> read = Map.of(PARTITION, new OffsetAndMetadata(9));

        task.put(List.of(row(0, "one"), row(1, "two"), change(2, 1, null, "d")));
        assertThat(task.preCommit(read)).isEmpty();
        task.put(List.of(change(3, 7, "two", "c")));
        assertThat(task.preCommit(read)).containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(4)));

        // After a poll that brings nothing there is no other half.
        task.put(List.of(row(4, "x"), row(5, "y"), change(6, 4, null, "d")));
        task.put(List.of());
        assertThat(task.preCommit(read)).containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(7)));
        task.stop();
    }

    @Test
    void recordsThatTheTableCannotTakeArePutAsideWithTheirReasonAndTheOthersGoOn() throws IOException {
        LakeSinkTask task = started(new RecordingContext());
        SinkRecord withoutPosition =
                new SinkRecord(PARTITION.topic(), 0, null, null, ROW, new Struct(ROW).put("id", 7), 1);
        SinkRecord withoutKey = change(2, null, "nobody", "c");

        task.put(List.of(row(0, "one"), withoutPosition, withoutKey, row(3, "four")));

        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(9))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(4)));
        Path quarantine = folder.resolve("artists").resolve(Quarantine.FOLDER);
        assertThat(Files.readString(quarantine.resolve("lake.public.artists-0-1.json")))
                .contains("no position in the source's log", "\"offset\":1", "id=7");
        assertThat(Files.readString(quarantine.resolve("lake.public.artists-0-2.json")))
                .contains("key column 'id' is null", "\"name\":\"nobody\"");
        try (Stream<Path> files = Files.list(quarantine)) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(2);
        }
        task.stop();
    }

    @Test
    void commitThatFailsIsRepeatedWithTheSameRecordsAndCountsAsFailedInTheEnd() throws IOException {
        LakeSinkTask task = started(new RecordingContext(), Map.of("lake.version", "9"));
        List<SinkRecord> records = List.of(row(0, "one"), row(1, "two"), row(2, "three"));
        whileNothingCanBeCommitted(() -> {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> task.put(records)).isInstanceOf(RetriableException.class);
            }
            assertThatThrownBy(() -> task.put(records))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class);
        });
        task.put(records);

        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(9))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(3)));
        assertThat(task.keys()).isEqualTo(3);
        task.stop();
    }

    @Test
    void copyIsOneCommitOverManyBatchesUntilItsSourceRests() throws Exception {
        LakeSinkTask task = started(new RecordingContext());
        Map<TopicPartition, OffsetAndMetadata> read = Map.of(PARTITION, new OffsetAndMetadata(9));

        task.put(List.of(copied(0), copied(1), copied(2)));
        task.put(List.of(copied(3), copied(4), copied(5)));
        assertThat(task.preCommit(read)).as("read on from here after a crash").isEmpty();
        task.put(List.of());
        assertThat(task.preCommit(read)).as("the source has only just paused").isEmpty();
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            task.put(List.of());
            assertThat(task.preCommit(read)).containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(6)));
        });

        assertThat(commits()).isEqualTo(1);
        task.stop();
    }

    @Test
    void changeEndsACopy() throws IOException {
        LakeSinkTask task = started(new RecordingContext());

        task.put(List.of(copied(0), copied(1), copied(2)));
        task.put(List.of(change(3, 1, "newer", "u"), row(4, "four"), row(5, "five")));

        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(9))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(6)));
        assertThat(task.keys()).isEqualTo(5);
        assertThat(commits()).isEqualTo(2);
        task.stop();
    }

    @Test
    void copyThatFailsIsReadAgainFromTheLastCommitOn() throws IOException {
        RecordingContext context = new RecordingContext();
        LakeSinkTask task = started(context, Map.of("lake.version", "9"));
        task.put(List.of(row(4, "before"), row(5, "it"), row(6, "all")));
        task.put(List.of(copied(7), copied(8), copied(9)));
        // The change commits the copy first, which cannot be done.
        List<SinkRecord> failing = List.of(row(10, "ten"), row(11, "eleven"), row(12, "twelve"));
        whileNothingCanBeCommitted(
                () -> assertThatThrownBy(() -> task.put(failing)).isInstanceOf(RetriableException.class));
        assertThat(context.offsets).containsExactly(Map.entry(PARTITION, 7L));

        // Connect gives the batch that failed once more, and then what it was asked for.
        task.put(failing);
        task.put(List.of(copied(7), copied(8), copied(9)));
        task.put(failing);

        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(13))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(13)));
        assertThat(task.keys()).isEqualTo(9);
        task.stop();
    }

    @Test
    void copyThatFailsBeforeAnyCommitIsReadAgainFromItsFirstRecord() throws IOException {
        RecordingContext context = new RecordingContext();
        LakeSinkTask task = started(context, Map.of("lake.version", "9"));
        task.put(List.of(copied(4), copied(5), copied(6)));
        List<SinkRecord> failing = List.of(row(7, "seven"), row(8, "eight"), row(9, "nine"));

        whileNothingCanBeCommitted(
                () -> assertThatThrownBy(() -> task.put(failing)).isInstanceOf(RetriableException.class));

        assertThat(context.offsets).containsExactly(Map.entry(PARTITION, 4L));
        task.stop();
    }

    @Test
    void whetherAllIsReadIsAnsweredWhenTheCopyIsCommitted() throws IOException {
        LakeSinkTask task = started(new RecordingContext());
        task.put(List.of(copied(0), copied(1), copied(2)));
        Path question = Files.createFile(folder.resolve("artists/.hoodie/tarn-caught-up-request"));

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            task.put(List.of());
            return !Files.exists(question);
        });

        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(3))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(3)));
        task.stop();
    }

    /** A file is where the timeline should be. The properties beside it stay: Hudi would look for them for five seconds. */
    private void whileNothingCanBeCommitted(Runnable steps) throws IOException {
        Path timeline = folder.resolve("artists/.hoodie/timeline");
        Path away = folder.resolve("away");
        Files.move(timeline, away);
        Files.writeString(timeline, "in the way");
        steps.run();
        Files.delete(timeline);
        Files.move(away, timeline);
    }

    private long commits() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("artists/.hoodie"))) {
            return files.filter(file -> file.toString().endsWith(".deltacommit"))
                    .count();
        }
    }

    @Test
    void topicThatLostUnreadRecordsIsNotReadOn() {
        LakeSinkTask task = started(new RecordingContext());
        task.put(List.of(row(0, "one"), row(1, "two"), row(2, "three")));
        task.stop();

        LakeSinkTask late = started(new RecordingContext());
        assertThatThrownBy(() -> late.put(List.of(row(7, "eight"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContainingAll("moma.artists", "up to offset 3", "begins at 7", "Load the table anew");
        late.stop();
    }

    @Test
    void topicThatWasMadeAnewIsNotTakenForTheOldOne() {
        LakeSinkTask task = started(new RecordingContext());
        task.put(List.of(row(0, "one"), row(1, "two"), row(2, "three")));
        task.stop();

        LakeSinkTask late = started(new RecordingContext());
        assertThatThrownBy(() -> late.put(List.of(row(0, "first of another topic"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContainingAll("up to offset 3", "begins again at 0", "made anew");
        late.stop();
    }

    @Test
    void truncateAndTheEndOfACopyTakeAwayTheRowsBeforeThem() throws IOException {
        LakeSinkTask task = started(new RecordingContext());
        SinkRecord truncate = new SinkRecord(PARTITION.topic(), 0, null, null, null, null, 2);
        truncate.headers().addBytes(SourceMarks.TRUNCATED, "102,5".getBytes(StandardCharsets.UTF_8));
        // A copy that looked at position 110 finds row 3 and not row 4.
        SinkRecord copied = row(5, "three, copied");
        ((Struct) copied.value()).put("id", 3).put("__op", "r").put("__lsn", 110L);
        copied.headers().addBytes(SourceMarks.COPIED, "110,5".getBytes(StandardCharsets.UTF_8));

        task.put(List.of(row(0, "zero"), row(1, "one"), truncate, row(3, "three"), row(4, "four"), copied));

        assertThat(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(9))))
                .containsExactly(Map.entry(PARTITION, new OffsetAndMetadata(6)));
        task.stop();
        LakeSinkTask successor = started(new RecordingContext());
        assertThat(successor.keys()).isEqualTo(1);
        successor.stop();
    }

    private LakeSinkTask started(RecordingContext context) {
        return started(context, Map.of());
    }

    private LakeSinkTask started(RecordingContext context, Map<String, String> more) {
        LakeSinkTask task = new LakeSinkTask();
        task.initialize(context);
        Map<String, String> settings = new HashMap<>();
        settings.put("lake.database", "moma");
        settings.put("lake.table", "artists");
        settings.put("lake.path", folder.resolve("artists").toString());
        settings.put("lake.key", "id");
        settings.put("lake.index.directory", folder.resolve("index").toString());
        settings.put("lake.commit.interval.ms", "3600000");
        settings.put("lake.commit.records", "3");
        settings.putAll(more);
        task.start(settings);
        task.open(Set.of(PARTITION));
        return task;
    }

    private static SinkRecord row(long offset, String name) {
        return change(offset, (int) offset, name, "c");
    }

    private static SinkRecord copied(long offset) {
        return change(offset, (int) offset, "copied " + offset, "r");
    }

    private static SinkRecord change(long offset, @Nullable Integer id, @Nullable String name, String operation) {
        Struct value = new Struct(ROW)
                .put("id", id)
                .put("name", name)
                .put("__op", operation)
                .put("__lsn", 100 + offset)
                .put("__source_ts_ms", 0L)
                .put("__deleted", Boolean.toString(operation.equals("d")));
        return new SinkRecord(PARTITION.topic(), 0, null, null, ROW, value, offset);
    }

    private static final class RecordingContext implements SinkTaskContext {
        private final Map<TopicPartition, Long> offsets = new HashMap<>();
        private final List<Long> timeouts = new ArrayList<>();

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public void offset(Map<TopicPartition, Long> next) {
            offsets.putAll(next);
        }

        @Override
        public void offset(TopicPartition partition, long next) {
            offsets.put(partition, next);
        }

        @Override
        public void timeout(long millis) {
            timeouts.add(millis);
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(PARTITION);
        }

        @Override
        public void pause(TopicPartition... partitions) {}

        @Override
        public void resume(TopicPartition... partitions) {}

        @Override
        public void requestCommit() {}

        @Override
        public PluginMetrics pluginMetrics() {
            throw new IllegalStateException("the task keeps no metrics of its own");
        }
    }
}

package dev.tarn.collect.raw;

import dev.tarn.collect.raw.storage.RawStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** Topics, committed offsets, and Connect's way of driving a sink task: rewind, poll, put, commit. */
final class TestWorker implements SinkTaskContext {
    private final Map<TopicPartition, NavigableMap<Long, SinkRecord>> topics = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> rewinds = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private boolean commitRequested;
    private long timeoutMillis = -1;
    private @Nullable RawSinkTask task;

    void produce(TopicPartition id, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        SinkRecord record = new SinkRecord(
                id.topic(),
                id.partition(),
                Schema.OPTIONAL_BYTES_SCHEMA,
                key,
                Schema.OPTIONAL_BYTES_SCHEMA,
                value,
                offset,
                1_700_000_000_000L + offset,
                TimestampType.CREATE_TIME);
        topics.computeIfAbsent(id, unknown -> new TreeMap<>()).put(offset, record);
    }

    /** A new life of the task: all that it knew is gone. */
    RawSinkTask startTask(RawSettings settings, RawStore store, Clock clock) {
        rewinds.clear();
        paused.clear();
        commitRequested = false;
        positions.clear();
        topics.keySet().forEach(id -> positions.put(id, committed.getOrDefault(id, 0L)));
        RawSinkTask started = new RawSinkTask(clock);
        task = started;
        started.initialize(this);
        started.start(settings, store);
        started.open(topics.keySet());
        return started;
    }

    /** One turn: gives the task up to this many records of each partition. */
    void turn(int most) {
        rewinds.forEach(positions::put);
        rewinds.clear();
        timeoutMillis = -1;
        List<SinkRecord> batch = new ArrayList<>();
        topics.forEach((id, log) -> {
            if (!paused.contains(id)) {
                for (SinkRecord record :
                        log.tailMap(position(id)).values().stream().limit(most).toList()) {
                    batch.add(record);
                    positions.put(id, record.kafkaOffset() + 1);
                }
            }
        });
        running().put(batch);
    }

    void commit() {
        Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
        positions.forEach((id, offset) -> consumed.put(id, new OffsetAndMetadata(offset)));
        running().preCommit(consumed).forEach((id, offset) -> committed.put(id, offset.offset()));
        commitRequested = false;
    }

    boolean commitRequested() {
        return commitRequested;
    }

    long committed(TopicPartition id) {
        return committed.getOrDefault(id, 0L);
    }

    long position(TopicPartition id) {
        return positions.getOrDefault(id, 0L);
    }

    boolean isAtEnd() {
        return rewinds.isEmpty()
                && paused.isEmpty()
                && topics.entrySet().stream()
                        .allMatch(log -> log.getValue().isEmpty()
                                || position(log.getKey()) > log.getValue().lastKey());
    }

    boolean isPaused(TopicPartition id) {
        return paused.contains(id);
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    private RawSinkTask running() {
        if (task == null) {
            throw new IllegalStateException("no task");
        }
        return task;
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        rewinds.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition id, long offset) {
        rewinds.put(id, offset);
    }

    @Override
    public void timeout(long timeoutMs) {
        timeoutMillis = timeoutMs;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return topics.keySet();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(Arrays.asList(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        paused.removeAll((Collection<?>) Arrays.asList(partitions));
    }

    @Override
    public void requestCommit() {
        commitRequested = true;
    }

    @Override
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return null;
    }

    @Override
    public @Nullable PluginMetrics pluginMetrics() {
        return null;
    }
}

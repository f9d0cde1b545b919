package dev.tarn.collect.raw;

import dev.tarn.collect.raw.storage.RawStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of a raw sink. A partition in trouble is paused and wound back to what it has not yet taken, and tried again
 * after a pause; the other partitions go on meanwhile.
 */
public final class RawSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(RawSinkTask.class);

    private final Clock clock;
    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
    private @Nullable RawSettings settings;
    private @Nullable RawStore store;
    private @Nullable SchemaRegistry registry;

    /** What the task knows of a partition beside its files. */
    private static final class Lane {
        private final RawPartition files;
        private Retry writing = Retry.NONE;
        private Retry asking = Retry.NONE;
        private Trouble trouble = Trouble.NONE;

        Lane(RawPartition files) {
            this.files = files;
        }

        @Nullable
        Instant wakeAt() {
            return switch (trouble) {
                case NONE -> files.flushAt();
                case WRITING -> writing.at();
                case ASKING -> {
                    Instant flush = files.flushAt();
                    yield flush == null || asking.at().isBefore(flush) ? asking.at() : flush;
                }
            };
        }
    }

    /** Why a partition waits. */
    private enum Trouble {
        NONE,
        /** Writing failed: its open files are given up. */
        WRITING,
        /** The registry does not answer: its open files are good. */
        ASKING
    }

    /** For Connect. */
    public RawSinkTask() {
        this(Clock.systemUTC());
    }

    RawSinkTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String version() {
        return RawSink.VERSION;
    }

    @Override
    public void start(Map<String, String> properties) {
        RawSettings read = RawSettings.of(properties);
        try {
            start(read, read.openStore());
        } catch (IOException e) {
            throw new ConnectException(
                    "Cannot open '" + read.path() + "': " + reason(e) + ". Check raw.path and raw.hadoop.*."
                            + " [RAW_STORE]",
                    e);
        } catch (NoClassDefFoundError e) {
            throw RawSink.hadoopIsMissing(read.path(), e);
        }
    }

    void start(RawSettings chosen, RawStore opened) {
        settings = chosen;
        store = opened;
        registry = new SchemaRegistry(chosen.registryUrl(), clock);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        for (TopicPartition id : partitions) {
            Lane lane = new Lane(new RawPartition(id, started(store), started(registry), started(settings), clock));
            lanes.put(id, lane);
            recover(id, lane);
        }
        wakeInTime();
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        lanes.forEach(this::tryAgain);
        for (SinkRecord record : records) {
            TopicPartition id = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
            Lane lane = started(lanes.get(id));
            // Of a partition that is wound back, the rest of this batch comes again.
            if (lane.trouble == Trouble.NONE) {
                append(id, lane, record);
            }
        }
        lanes.forEach(this::flushIfDue);
        wakeInTime();
    }

    private void append(TopicPartition id, Lane lane, SinkRecord record) {
        requireBytes("key.converter", record.key());
        requireBytes("value.converter", record.value());
        try {
            boolean finished = lane.files.append(record);
            lane.asking = Retry.NONE;
            if (finished) {
                finished(lane);
            }
        } catch (RegistryUnavailableException e) {
            lane.asking = lane.asking.failedAt(clock.instant());
            LOG.warn(
                    "The registry is needed for {} offset {}: {}. Trying again at {}",
                    id,
                    record.originalKafkaOffset(),
                    e.getMessage(),
                    lane.asking.at());
            rewind(id, lane, Trouble.ASKING, record.originalKafkaOffset());
        } catch (IOException e) {
            writingFailed(id, lane, e);
        }
    }

    private void flushIfDue(TopicPartition id, Lane lane) {
        if (lane.trouble != Trouble.WRITING) {
            try {
                if (lane.files.flushIfDue()) {
                    finished(lane);
                }
            } catch (IOException e) {
                writingFailed(id, lane, e);
            }
        }
    }

    private void finished(Lane lane) {
        lane.writing = Retry.NONE;
        context.requestCommit();
    }

    private void tryAgain(TopicPartition id, Lane lane) {
        Instant now = clock.instant();
        if (lane.trouble == Trouble.WRITING && lane.writing.isDue(now)) {
            recover(id, lane);
        } else if (lane.trouble == Trouble.ASKING && lane.asking.isDue(now)) {
            resume(id, lane);
        }
    }

    private void recover(TopicPartition id, Lane lane) {
        try {
            lane.files.recover().ifPresent(offset -> context.offset(id, offset));
            if (lane.trouble != Trouble.NONE) {
                resume(id, lane);
            }
        } catch (IOException e) {
            writingFailed(id, lane, e);
        }
    }

    private void resume(TopicPartition id, Lane lane) {
        lane.trouble = Trouble.NONE;
        context.resume(id);
    }

    private void writingFailed(TopicPartition id, Lane lane, IOException e) {
        lane.writing = lane.writing.failedAt(clock.instant());
        String what = "Cannot write topic '" + id.topic() + "' partition " + id.partition() + " to '"
                + started(settings).path() + "': " + reason(e) + ".";
        if (lane.writing.failures() > started(settings).retries()) {
            throw new ConnectException(
                    what + " It failed " + lane.writing.failures()
                            + " times in a row. Nothing is lost: make room or mend"
                            + " the store, then restart the task. [RAW_WRITE]",
                    e);
        }
        LOG.warn("{} Trying again at {}", what, lane.writing.at(), e);
        try {
            lane.files.discard();
        } catch (IOException closing) {
            LOG.debug("A draft could not be closed", closing);
        }
        OptionalLong from = lane.files.committable();
        if (from.isPresent()) {
            rewind(id, lane, Trouble.WRITING, from.orElseThrow());
        } else {
            lane.trouble = Trouble.WRITING;
            context.pause(id);
        }
    }

    private void rewind(TopicPartition id, Lane lane, Trouble trouble, long offset) {
        lane.trouble = trouble;
        context.offset(id, offset);
        context.pause(id);
    }

    /** Asks Connect to call again, records or not, when the next thing is due. */
    private void wakeInTime() {
        Instant now = clock.instant();
        lanes.values().stream()
                .map(Lane::wakeAt)
                .filter(at -> at != null)
                .min(Instant::compareTo)
                .ifPresent(at ->
                        context.timeout(Math.max(1, Duration.between(now, at).toMillis())));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> consumed) {
        Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
        lanes.forEach((id, lane) ->
                lane.files.committable().ifPresent(offset -> finished.put(id, new OffsetAndMetadata(offset))));
        return finished;
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        for (TopicPartition id : partitions) {
            Lane lane = lanes.remove(id);
            if (lane != null) {
                try {
                    // Not finished: that would make a small file at each rebalance. Kafka has the records.
                    lane.files.discard();
                } catch (IOException e) {
                    LOG.debug("A draft of {} could not be closed", id, e);
                }
            }
        }
    }

    @Override
    public void stop() {
        close(lanes.keySet().stream().toList());
        if (store != null) {
            try {
                store.close();
            } catch (IOException e) {
                LOG.warn("The store could not be closed", e);
            }
            store = null;
        }
    }

    private static void requireBytes(String converter, @Nullable Object value) {
        if (value != null && !(value instanceof byte[])) {
            throw new ConnectException("Cannot keep a record as it is: " + converter + " has made it a "
                    + value.getClass().getSimpleName() + ". Set " + converter + " to " + RawSink.BYTES
                    + ". [RAW_CONVERTER]");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        return e instanceof FileSystemException || e.getMessage() == null
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : e.getMessage();
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the task is not started, or not for this partition");
        }
        return value;
    }
}

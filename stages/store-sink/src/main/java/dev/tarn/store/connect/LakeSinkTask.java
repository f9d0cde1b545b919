package dev.tarn.store.connect;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.Change;
import dev.tarn.store.Offsets;
import dev.tarn.store.Operation;
import dev.tarn.store.Repair;
import dev.tarn.store.RowsGone;
import dev.tarn.store.TableCommit;
import dev.tarn.store.hive.HiveCatalog;
import dev.tarn.store.hudi.HudiTableWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers changes and commits them. Where to read from is what the table's last commit says, so a task that dies at any
 * point repeats what was not committed and skips what was.
 */
public final class LakeSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(LakeSinkTask.class);
    private static final long RETRY_MILLIS = 3_000;
    /** So often in a row, a minute, before the connector counts as failed, where people see it. */
    private static final int RETRIES = 20;

    /** A change that is older when it is committed waited behind many others. */
    private static final long BEHIND_MILLIS = 10_000;

    private static final long IDLE_MILLIS = 1_000;
    // Debezium sends both halves at once; its producer waits 20 ms for more.
    private static final long OTHER_HALF_MILLIS = 100;

    private final GatheredChanges gathered = new GatheredChanges();
    /** Where reading was asked to begin, until the first record shows whether it did. */
    private final Map<dev.tarn.store.TopicPartition, Long> asked = new HashMap<>();
    /** The first record of each partition since the task has it. */
    private final Map<dev.tarn.store.TopicPartition, Long> first = new HashMap<>();

    private final RecordReader reader = new RecordReader();
    private int failures;
    private @Nullable LakeSinkSettings settings;
    private @Nullable HudiTableWriter writer;
    private @Nullable UpkeepRequests requests;
    private @Nullable RepairRequests repairs;
    private @Nullable Quarantine quarantine;
    private @Nullable HiveCatalog catalog;
    private @Nullable CommitTrigger trigger;
    private @Nullable CopyProgress copy;
    private @Nullable DirectLoad load;
    /** Connect gives a batch again that failed, also when it was asked to read on elsewhere. */
    private boolean batchComesAgain;

    @Override
    public String version() {
        return new LakeSink().version();
    }

    @Override
    public void start(Map<String, String> properties) {
        LakeSinkSettings read = LakeSinkSettings.of(properties);
        settings = read;
        copy = new CopyProgress(Math.max(1, read.commitRecords() / 2));
        trigger = new CommitTrigger(read.commitInterval(), read.commitRecords());
        Configuration hadoop = new Configuration();
        read.hadoop().forEach(hadoop::set);
        HudiTableWriter opened = HudiTableWriter.open(read.table(), read.writer(), hadoop);
        writer = opened;
        requests = new UpkeepRequests(read.table().location(), hadoop, opened::perform, this::readAgain);
        repairs = new RepairRequests(read.table().location(), hadoop);
        quarantine = new Quarantine(read.table().location(), hadoop);
        load = read.load()
                .map(from -> new DirectLoad(
                        from.source(),
                        from.copy(),
                        new LoadFiles(from.folder(), read.table().table())))
                .orElse(null);
        catalog = read.metastore()
                .map(uri -> new HiveCatalog(uri, read.table(), read.source(), read.comments()))
                .orElse(null);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        first.clear();
        readOn(partitions);
        batchComesAgain = false;
        if (load != null && load.isOpen()) {
            context.pause(partitions.toArray(TopicPartition[]::new));
        }
        publish();
    }

    /** Drops what is gathered and has the partitions read from where the table's last commit ends. */
    private void readOn(Collection<TopicPartition> partitions) {
        gathered.clear();
        asked.clear();
        Offsets committed =
                required(writer).lastCommit().map(TableCommit::offsets).orElse(Offsets.NONE);
        for (TopicPartition partition : partitions) {
            // A table without a commit of this partition starts where the consumer did: at the topic's beginning.
            long next = Math.max(committed.next(partition(partition)), first.getOrDefault(partition(partition), 0L));
            if (next > 0 || first.containsKey(partition(partition))) {
                context.offset(partition, next);
                asked.put(partition(partition), next);
                LOG.info(
                        "{} reads {} from offset {}", required(settings).table().fullName(), partition, next);
            }
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        if (batchComesAgain) {
            batchComesAgain = false;
            return;
        }
        if (isLoading()) {
            windBack(records);
            // Connect calls again at once.
            context.timeout(1);
            return;
        }
        for (SinkRecord record : records) {
            gather(record);
        }
        commitIfDue(records.isEmpty() ? Arriving.NOTHING : Arriving.RECORDS);
        required(requests).look();
        boolean idle =
                records.isEmpty() && gathered.isEmpty() && !required(copy).isOpen();
        required(repairs).look(idle, required(writer)::columns, this::repair);
    }

    private boolean isLoading() {
        try {
            return load != null
                    && load.step(new HeldTable(
                            required(writer), required(quarantine), context, this::commitAll, this::publish));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while a table is loaded", e);
        }
    }

    /** Has records given again that came while the table takes none. */
    private void windBack(Collection<SinkRecord> records) {
        Map<TopicPartition, Long> begin = new HashMap<>();
        for (SinkRecord record : records) {
            begin.merge(new TopicPartition(record.topic(), record.kafkaPartition()), record.kafkaOffset(), Math::min);
        }
        begin.forEach(context::offset);
    }

    /** The table has been taken back to an older commit: what came after that is read once more. */
    private void readAgain() {
        open(context.assignment());
    }

    private int repair(Repair repair) {
        // Not before what came earlier: the rows to repair are of later than that.
        commitAll();
        return required(writer).repair(repair);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> current) {
        Offsets committed =
                required(writer).lastCommit().map(TableCommit::offsets).orElse(Offsets.NONE);
        Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
        for (TopicPartition partition : current.keySet()) {
            long next = committed.next(partition(partition));
            if (next > 0) {
                safe.put(partition, new OffsetAndMetadata(next));
            }
        }
        return safe;
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        gathered.clear();
    }

    @Override
    public void stop() {
        if (load != null) {
            if (writer != null && load.isOpen()) {
                // Half a table is not to be seen.
                writer.dropCopy();
            }
            load.close();
        }
        if (writer != null) {
            writer.close();
        }
        if (catalog != null) {
            catalog.close();
        }
    }

    private void gather(SinkRecord record) {
        dev.tarn.store.TopicPartition partition =
                new dev.tarn.store.TopicPartition(record.topic(), record.kafkaPartition());
        Long wanted = asked.remove(partition);
        if (wanted != null && wanted != record.kafkaOffset()) {
            throw notWhatWasAskedFor(partition, wanted, record.kafkaOffset());
        }
        first.putIfAbsent(partition, record.kafkaOffset());
        if (record.kafkaOffset() < gathered.next(partition)) {
            // Connect gives the same records again after a commit that could not be made.
            return;
        }
        try {
            reader.read(record, partition).ifPresent(gathered::add);
        } catch (DataException e) {
            putAside(record, e);
        }
        try {
            SourceMarks.read(record).ifPresent(gone -> delete(gone, partition, record.kafkaOffset() + 1));
        } catch (DataException e) {
            putAside(record, e);
        }
        gathered.reach(partition, record.kafkaOffset() + 1);
        required(trigger).gathered(Instant.now());
    }

    /** Deletes what is gone behind all that was gathered before, and not what comes later. */
    private void delete(RowsGone gone, dev.tarn.store.TopicPartition partition, long next) {
        if (!gathered.hasChanges()
                && !required(copy).isOpen()
                && required(writer).lastCommit().isEmpty()) {
            return;
        }
        // Not past this record: should the process die in between, it comes again, and what it says with it.
        gathered.reach(partition, next - 1);
        commitAll();
        write(() -> required(writer).delete(gone, new Offsets(Map.of(partition, next))));
    }

    /** Kafka gives the topic's beginning when there is nothing at the offset that was asked for. */
    private ConnectException notWhatWasAskedFor(dev.tarn.store.TopicPartition partition, long asked, long given) {
        String table = required(settings).table().fullName();
        String reason = given > asked
                ? "its topic begins at " + given + ", so the changes between are gone"
                : "its topic begins again at " + given + ", so it was made anew";
        return new ConnectException("Cannot go on with table '" + table + "': it has read " + partition.topic() + "-"
                + partition.partition() + " up to offset " + asked + ", and " + reason
                + ". Load the table anew: take it out of its source's file, run 'tarn up', delete "
                + required(settings).table().location() + ", and put it in again. [STORE_TOPIC]");
    }

    private void putAside(SinkRecord record, DataException reason) {
        try {
            required(quarantine).put(record, reason);
        } catch (IOException e) {
            context.timeout(RETRY_MILLIS);
            throw new RetriableException("cannot keep a record that is no change: " + e.getMessage(), e);
        }
    }

    /** What the last poll brought: after nothing, no more is on its way. */
    private enum Arriving {
        NOTHING,
        RECORDS
    }

    private void commitIfDue(Arriving arriving) {
        if (gathered.isEmpty()) {
            if (required(copy).isAtRest(Instant.now())) {
                endCopy();
            }
            // Connect calls again after this time at the latest, also without records.
            context.timeout(IDLE_MILLIS);
            required(writer).catchingUp(false);
            // A metastore that could not be told at the last commit is told when it is back, not at the next change.
            publish();
            return;
        }
        while (!gathered.isEmpty()) {
            boolean cut = gathered.hasCut() && !isBehind();
            long waitMillis = required(trigger)
                    .untilDue(
                            gathered.size(),
                            cut ? CommitTrigger.End.WHOLE_SECOND : CommitTrigger.End.OPEN,
                            Instant.now())
                    .toMillis();
            if (waitMillis > 0) {
                // Connect polls the topic at most this long before it calls again.
                context.timeout(waitMillis);
                return;
            }
            if (arriving == Arriving.RECORDS && !gathered.hasCut() && mayBeHalfAKeyChange()) {
                context.timeout(OTHER_HALF_MILLIS);
                return;
            }
            commit();
        }
    }

    private void commitAll() {
        while (!gathered.isEmpty()) {
            commit();
        }
        endCopy();
    }

    private void endCopy() {
        if (required(copy).isOpen()) {
            write(required(writer)::endCopy);
            required(copy).ended();
            publish();
        }
    }

    private void commit() {
        if (gathered.isEmpty()) {
            return;
        }
        required(writer).catchingUp(isBehind());
        Instant start = Instant.now();
        CopyProgress progress = required(copy);
        if (progress.takes(gathered)) {
            attempt(() -> required(writer).copy(gathered.batch(), required(quarantine)::put));
            progress.took(gathered.size(), start);
            if (progress.isLongEnough(Instant.now())) {
                endCopy();
            }
        } else {
            write(() -> required(writer).commit(gathered.batch(), required(quarantine)::put));
            progress.ended();
        }
        gathered.committed();
        required(trigger).committed(start);
        if (!gathered.isEmpty()) {
            required(trigger).gathered(start);
        }
        publish();
    }

    /** Writes to the table. What may go well later is given again by Connect. */
    private void write(Runnable action) {
        attempt(action);
        failures = 0;
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (TarnException e) {
            failures++;
            if (e.kind() == ErrorKind.USER || failures > RETRIES) {
                throw new ConnectException(e.getMessage(), e);
            }
            context.timeout(RETRY_MILLIS);
            readAgainWhatWasCopied();
            throw new RetriableException(e.getMessage(), e);
        }
    }

    /** With a batch that failed, those of the same copy before it are gone, which Connect does not give again. */
    private void readAgainWhatWasCopied() {
        if (required(copy).isOpen()) {
            required(copy).ended();
            readOn(context.assignment());
            batchComesAgain = true;
        }
    }

    private boolean isBehind() {
        if (!gathered.hasChanges()) {
            return false;
        }
        Change last = gathered.last();
        return last.operation() == Operation.READ || System.currentTimeMillis() - last.sourceMillis() > BEHIND_MILLIS;
    }

    /**
     * A changed key arrives as a delete and a create, and the create may lack values that only the deleted row has: both
     * belong in one commit. Ends at twice the usual size, lest a source that only deletes fills the memory.
     */
    private boolean mayBeHalfAKeyChange() {
        return gathered.hasChanges()
                && gathered.last().operation() == Operation.DELETE
                && gathered.size() < 2 * required(settings).commitRecords();
    }

    /** How many rows the table has. */
    long keys() {
        return required(writer).status().keys();
    }

    private void publish() {
        if (catalog != null) {
            catalog.publish(required(writer));
        }
    }

    private static dev.tarn.store.TopicPartition partition(TopicPartition partition) {
        return new dev.tarn.store.TopicPartition(partition.topic(), partition.partition());
    }

    private static <T> T required(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("the task is used before its start");
        }
        return started;
    }
}

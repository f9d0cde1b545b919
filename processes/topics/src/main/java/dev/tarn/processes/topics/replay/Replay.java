package dev.tarn.processes.topics.replay;

import dev.tarn.processes.topics.event.RowEvents;
import dev.tarn.processes.topics.event.RowException;
import dev.tarn.processes.topics.kafka.Access;
import dev.tarn.processes.topics.kafka.KafkaFaults;
import dev.tarn.processes.topics.kafka.Refusal;
import dev.tarn.processes.topics.kafka.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Publishes one file. */
public final class Replay {
    private static final int SHOW_EVERY = 64;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;

    private final Access access;
    private final ReplayRequest request;
    private final PrintStream words;
    private final int terminalColumns;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> fault = new AtomicReference<>();
    private long published;
    private @Nullable Instant firstTime;
    private @Nullable Instant lastTime;

    /** @param terminalColumns 0 if words go to no terminal */
    public Replay(Access access, ReplayRequest request, PrintStream words, int terminalColumns) {
        this.access = access;
        this.request = request;
        this.words = words;
        this.terminalColumns = terminalColumns;
    }

    /** Has it end soon, with all published that it has begun to. */
    public void stop() {
        stopped.set(true);
    }

    /** Returns when all rows are acknowledged by Kafka, or when it has been stopped. */
    public void run() throws IOException {
        String name = String.valueOf(request.file().getFileName());
        try (RowFile file = RowFile.open(
                        request.file(),
                        request.shown(),
                        request.delimiter(),
                        request.format() + " " + request.keyColumn());
                ReplayLock lock = ReplayLock.acquire(request.lock(), request.shown(), request.topic());
                Topics topics = new Topics(access)) {
            RowEvents events = new RowEvents(
                    file.columns(), request.format(), request.value(), request.keyColumn(), request.key());
            tellUnused(file);
            List<TopicPartition> partitions = partitions(topics);
            long now = System.currentTimeMillis();
            Published earlier = request.resumes() ? Published.find(access, partitions, name) : Published.none(now);
            long run = earlier.last().isEmpty() ? now : earlier.run();
            long start = System.nanoTime();
            publish(
                    file,
                    events,
                    EventTimes.of(request, file.columns(), run),
                    new Target(topics, partitions.size()),
                    run,
                    earlier,
                    name);
            summarize(earlier, System.nanoTime() - start);
        }
    }

    private void tellUnused(RowFile file) {
        List<String> unused = RowEvents.unused(file.columns(), request.value());
        if (request.value() != null && !unused.isEmpty()) {
            words.println("Left out: " + String.join(", ", unused) + ", which schema '"
                    + request.value().subject() + "' does not have.");
        }
    }

    private List<TopicPartition> partitions(Topics topics) {
        Optional<List<TopicPartition>> found = topics.find(request.topic());
        if (found.isEmpty()) {
            return topics.create(request.topic(), Math.max(1, request.partitions()));
        }
        int there = found.orElseThrow().size();
        if (request.partitions() != 0 && request.partitions() != there) {
            throw Refusal.user(
                    "TOPIC_PARTITIONS",
                    "Cannot publish to topic '" + request.topic() + "' with " + request.partitions()
                            + " partitions: it has " + there + ". Leave out --partitions, or name a new topic.");
        }
        return found.orElseThrow();
    }

    private void publish(
            RowFile file, RowEvents events, EventTimes times, Target target, long run, Published earlier, String name) {
        long lastPublished = earlier.lastRow();
        long rows = 0;
        try (KafkaProducer<byte[], byte[]> producer = KafkaFaults.ask(doing(), "to connect", access, access::producer);
                ReplayProgress progress = new ReplayProgress(words, file, terminalColumns)) {
            long start = System.nanoTime();
            try {
                for (Optional<RowFile.Row> next = file.next();
                        next.isPresent() && !stopped.get() && fault.get() == null;
                        next = file.next()) {
                    RowFile.Row row = next.orElseThrow();
                    rows = row.index() + 1;
                    byte[] key = key(file, events, row);
                    int partition = partition(key, row, target.partitions());
                    if (earlier.has(row, partition, file)) {
                        continue;
                    }
                    ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(
                            request.topic(), partition, time(file, times, row), key, value(file, events, row));
                    event.headers()
                            .add(
                                    Origin.HEADER,
                                    new Origin(run, row.index(), target.partitions(), row.checksum(), name).bytes());
                    if (published == 0) {
                        keep(target.topics(), Instant.ofEpochMilli(event.timestamp()));
                    }
                    pace(start, progress);
                    send(producer, event);
                    if (request.eventsPerSecond() > 0 || published % SHOW_EVERY == 0) {
                        progress.show(published);
                    }
                }
            } finally {
                // Also of a row that is refused: all before it is published.
                producer.flush();
            }
        } catch (RuntimeException e) {
            // A producer that was closed after a fault says only that it is closed.
            requireNoFault();
            throw e;
        }
        requireNoFault();
        if (!stopped.get() && rows <= lastPublished) {
            throw Refusal.user(
                    "REPLAY_CHANGED",
                    "Cannot resume the replay of '" + file.shown() + "': it has " + rows + " rows, and "
                            + (lastPublished + 1)
                            + " were published. Restore the file, or publish it anew without --resume.");
        }
    }

    /** Where it goes. */
    private record Target(Topics topics, int partitions) {}

    private void keep(Topics topics, Instant first) {
        if (topics.keep(request.topic(), first)) {
            words.println("Topic '" + request.topic() + "' keeps all its events from now on: these are of " + first
                    + ", and it would have deleted them as too old.");
        }
    }

    private static byte @Nullable [] key(RowFile file, RowEvents events, RowFile.Row row) {
        try {
            return events.key(row.fields());
        } catch (RowException e) {
            throw file.invalid(row.line(), String.valueOf(e.getMessage()));
        }
    }

    private static byte[] value(RowFile file, RowEvents events, RowFile.Row row) {
        try {
            return events.value(row.fields());
        } catch (RowException e) {
            throw file.invalid(row.line(), String.valueOf(e.getMessage()));
        }
    }

    private static long time(RowFile file, EventTimes times, RowFile.Row row) {
        try {
            long millis = times.of(row).toEpochMilli();
            if (millis < 0) {
                throw new IllegalArgumentException(
                        "its time " + Instant.ofEpochMilli(millis) + " is before 1970, which Kafka does not take");
            }
            return millis;
        } catch (IllegalArgumentException e) {
            throw file.invalid(row.line(), String.valueOf(e.getMessage()));
        }
    }

    /** Kafka's own choice where there is a key; rows without one take turns, so that each belongs to one for ever. */
    private static int partition(byte @Nullable [] key, RowFile.Row row, int partitions) {
        return key == null ? (int) (row.index() % partitions) : Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** Waits for the moment of the next event, and shows meanwhile that it lives. */
    private void pace(long start, ReplayProgress progress) {
        if (request.eventsPerSecond() <= 0) {
            return;
        }
        long due = start + Math.round(published * 1e9 / request.eventsPerSecond());
        for (long wait = due - System.nanoTime(); wait > 0 && !stopped.get(); wait = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE_NANOS));
            progress.show(published);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> event) {
        KafkaFaults.ask(
                doing(),
                right(),
                access,
                () -> producer.send(event, (metadata, e) -> {
                    if (e != null && fault.compareAndSet(null, e)) {
                        // Nothing of what waits may follow an event that is lost.
                        producer.close(Duration.ZERO);
                    }
                }));
        published++;
        Instant time = Instant.ofEpochMilli(event.timestamp());
        firstTime = firstTime == null ? time : firstTime;
        lastTime = time;
    }

    private void requireNoFault() {
        Exception e = fault.get();
        if (e != null) {
            Refusal reason = KafkaFaults.refusal(doing(), right(), access, e);
            words.println("Not all events arrived; what did is in the order of the file. Go on with --resume.");
            throw reason;
        }
    }

    private String doing() {
        return "publish to topic '" + request.topic() + "'";
    }

    private String right() {
        return "WRITE on topic '" + request.topic() + "'";
    }

    private void summarize(Published earlier, long nanos) {
        double seconds = Math.max(nanos, 1) / 1e9;
        StringBuilder line = new StringBuilder(stopped.get() ? "Stopped: published " : "Published ")
                .append(published)
                .append(request.resumes() && !earlier.last().isEmpty() ? " more" : "")
                .append(published == 1 ? " event" : " events")
                .append(" to topic '")
                .append(request.topic())
                .append("' in ")
                .append(String.format(java.util.Locale.ROOT, "%.1f s, %,.0f/s", seconds, published / seconds));
        if (firstTime != null) {
            line.append(", times ").append(firstTime).append(" to ").append(lastTime);
        }
        if (request.value() != null) {
            line.append(", schema '").append(request.value().subject()).append("'");
        }
        line.append(stopped.get() ? ". Go on with --resume." : ".");
        if (request.resumes()) {
            line.append(
                    earlier.last().isEmpty()
                            ? " No event of this file was there before."
                            : " " + (earlier.lastRow() + 1) + " rows were there before.");
        }
        words.println(line);
    }
}

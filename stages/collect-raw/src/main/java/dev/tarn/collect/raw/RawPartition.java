package dev.tarn.collect.raw;

import dev.tarn.collect.raw.RawPath.Section;
import dev.tarn.collect.raw.storage.RawStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition's way into files. The rule: what finished files cover is the truth; Kafka's committed offset never passes
 * it, and at start reading goes on after it, wherever the committed offset is. So a crash between finishing files and
 * committing repeats nothing, and one before loses nothing.
 */
final class RawPartition {
    private static final long UNKNOWN = -1;

    private final TopicPartition id;
    private final RawStore store;
    private final SchemaRegistry registry;
    private final RawSettings settings;
    private final Clock clock;
    private final FinishedFiles finished;
    private final CodecFactory codec;
    private @Nullable FileGroup group;
    private @Nullable BinaryDecoder decoder;
    private long covered = UNKNOWN;
    private long next = UNKNOWN;

    RawPartition(TopicPartition id, RawStore store, SchemaRegistry registry, RawSettings settings, Clock clock) {
        this.id = id;
        this.store = store;
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
        this.finished = new FinishedFiles(store, id.topic(), id.partition());
        this.codec = settings.codecFactory();
    }

    /**
     * Looks at the finished files; to be called before the first record, and after each failure.
     *
     * @return the offset where reading must go on; empty if that is where Kafka says
     */
    OptionalLong recover() throws IOException {
        discard();
        store.drafts(draftsName());
        OptionalLong end = finished.recover();
        if (end.isPresent()) {
            covered = end.orElseThrow();
            // Beyond the files there may be tombstones that were left out.
            next = Math.max(next, covered);
        }
        return next == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * Takes a record into the open files, and finishes them if they are full.
     *
     * @return whether they were finished
     * @throws RegistryUnavailableException if the record's schema cannot be had now; the record is not taken
     * @throws IOException if writing fails; the open files are to be given up with {@link #recover}
     */
    boolean append(SinkRecord record) throws IOException {
        long offset = record.originalKafkaOffset();
        if (offset < covered) {
            throw new ConnectException("Cannot write topic '" + id.topic() + "' partition " + id.partition()
                    + ": Kafka gives offset " + offset + ", but the files in '"
                    + store.describe(Section.TOPICS.folder(id.topic(), id.partition())) + "' end at offset "
                    + (covered - 1)
                    + ", so the topic was made anew. Move the files of this partition away, then restart the task."
                    + " [RAW_TOPIC_ANEW]");
        }
        if (offset < next) {
            return false; // Connect gives a batch twice when a part of it failed.
        }
        if (next == UNKNOWN) {
            next = offset; // If this very record fails, it is known where to go back to.
        }
        keep(record, offset, record.timestamp() == null ? -1 : record.timestamp());
        next = offset + 1;
        if (group == null || group.count() < settings.flushRecords()) {
            return false;
        }
        finish(group);
        return true;
    }

    private void keep(SinkRecord record, long offset, long timestamp) throws IOException {
        WireRecord wire = WireRecord.of((byte[]) record.value());
        if (wire instanceof WireRecord.Tombstone) {
            if (settings.tombstones() == Tombstones.KEEP) {
                file(Section.TOMBSTONES, 0, SideRecords.TOMBSTONE, offset)
                        .append(SideRecords.tombstone(record), offset, timestamp);
            }
        } else if (wire instanceof WireRecord.Bad bad) {
            quarantine(record, bad.reason(), offset, timestamp);
        } else if (wire instanceof WireRecord.Encoded encoded) {
            WriterSchema answer = registry.find(encoded.schemaId());
            if (answer instanceof WriterSchema.Unknown unknown) {
                quarantine(record, unknown.reason(), offset, timestamp);
            } else if (answer instanceof WriterSchema.Known known) {
                keep(record, encoded, known.schema(), offset, timestamp);
            }
        }
    }

    private void keep(SinkRecord record, WireRecord.Encoded encoded, Schema schema, long offset, long timestamp)
            throws IOException {
        String misfit = misfit(encoded, schema);
        if (misfit.isEmpty()) {
            file(Section.TOPICS, encoded.schemaId(), schema, offset).append(encoded.body(), offset, timestamp);
        } else {
            quarantine(record, misfit, offset, timestamp);
        }
    }

    /** Bytes that do not fit their schema would make the rest of their block unreadable: walk over them once. */
    private String misfit(WireRecord.Encoded encoded, Schema schema) {
        byte[] bytes = encoded.body().array();
        decoder = DecoderFactory.get()
                .binaryDecoder(bytes, encoded.body().position(), encoded.body().remaining(), decoder);
        String begin = "the bytes do not fit schema " + encoded.schemaId() + ": ";
        try {
            GenericDatumReader.skip(schema, decoder);
            return decoder.isEnd() ? "" : begin + "there are more of them than the schema takes";
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return begin + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private void quarantine(SinkRecord record, String reason, long offset, long timestamp) throws IOException {
        file(Section.QUARANTINE, 0, SideRecords.BAD, offset).append(SideRecords.bad(record, reason), offset, timestamp);
    }

    private RawFile file(Section section, int schemaId, Schema schema, long offset) throws IOException {
        if (group == null) {
            group = new FileGroup(offset, clock.instant(), store.drafts(draftsName()));
        }
        return group.next(
                new FileGroup.Kind(section, schemaId),
                drafts -> RawFile.open(
                        new RawPath(section, id.topic(), id.partition(), offset),
                        schema,
                        section == Section.TOPICS ? Integer.toString(schemaId) : "",
                        codec,
                        drafts));
    }

    /** When the open files are to be finished at the latest. */
    @Nullable
    Instant flushAt() {
        return group == null ? null : group.openedAt().plus(settings.flushInterval());
    }

    /**
     * Finishes the open files if their time has come.
     *
     * @return whether they were finished
     */
    boolean flushIfDue() throws IOException {
        Instant due = flushAt();
        if (group == null || due == null || clock.instant().isBefore(due)) {
            return false;
        }
        finish(group);
        return true;
    }

    private void finish(FileGroup full) throws IOException {
        full.finish(next - 1, finished);
        covered = next;
        group = null;
    }

    /** The offset that may be committed: the first one that is not in a finished file. */
    OptionalLong committable() {
        long offset = group == null ? next : group.first();
        return offset == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Gives up the open files. Their records have to be read again. */
    void discard() throws IOException {
        FileGroup open = group;
        if (open != null) {
            next = open.first();
            group = null;
            open.discard();
        }
    }

    private String draftsName() {
        return id.topic() + "+" + id.partition();
    }
}

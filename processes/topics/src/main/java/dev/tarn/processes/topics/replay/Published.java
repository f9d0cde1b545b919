package dev.tarn.processes.topics.replay;

import dev.tarn.processes.topics.kafka.Access;
import dev.tarn.processes.topics.kafka.KafkaFaults;
import dev.tarn.processes.topics.kafka.LastRecords;
import dev.tarn.processes.topics.kafka.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What an earlier run has brought into a topic: the last row in each partition. The producer keeps their order, so all
 * rows before it that belong to the partition are there.
 *
 * @param run that is continued
 * @param last by partition; what is not in it has none
 */
record Published(long run, Map<Integer, Origin> last) {
    // A run that was killed has sent its last requests already; the broker takes them within milliseconds.
    private static final long LAST_REQUESTS_NANOS = 500_000_000;

    Published {
        last = Map.copyOf(last);
    }

    /** Nothing. */
    static Published none(long run) {
        return new Published(run, Map.of());
    }

    static Published find(Access access, List<TopicPartition> partitions, String file) {
        String topic = partitions.get(0).topic();
        LockSupport.parkNanos(LAST_REQUESTS_NANOS);
        Map<Integer, Origin> last =
                KafkaFaults.ask("read topic '" + topic + "'", "READ on topic '" + topic + "'", access, () -> {
                    try (KafkaConsumer<byte[], byte[]> consumer = access.consumer()) {
                        return last(consumer, partitions, file);
                    }
                });
        long run = last.values().stream().mapToLong(Origin::run).max().orElse(0);
        // A partition may have had no row yet when the run was cut off; then its last is of a run before.
        last.values().removeIf(origin -> origin.run() != run);
        last.values().stream()
                .filter(origin -> origin.partitions() != partitions.size())
                .findFirst()
                .ifPresent(origin -> {
                    throw Refusal.user(
                            "REPLAY_PARTITIONS",
                            "Cannot resume the replay to topic '" + topic + "': it had " + origin.partitions()
                                    + " partitions then and has " + partitions.size()
                                    + " now, so rows would go elsewhere. Publish the file to a new topic.");
                });
        return new Published(run, last);
    }

    private static Map<Integer, Origin> last(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String file) {
        Map<Integer, Origin> last = new HashMap<>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        LastRecords records = new LastRecords(consumer);
        for (TopicPartition partition : partitions) {
            List<ConsumerRecord<byte[], byte[]>> found = records.find(
                    partition, ends.getOrDefault(partition, 0L), 1, event -> isOf(Origin.find(event), file));
            if (!found.isEmpty()) {
                last.put(partition.partition(), Origin.find(found.get(0)).orElseThrow());
            }
        }
        return last;
    }

    private static boolean isOf(Optional<Origin> origin, String file) {
        return origin.isPresent() && origin.orElseThrow().file().equals(file);
    }

    /** Whether a row is in its partition already; a file whose published rows have changed is refused. */
    boolean has(RowFile.Row row, int partition, RowFile file) {
        Origin origin = last.get(partition);
        requireSame(row, file);
        return origin != null && row.index() <= origin.row();
    }

    private void requireSame(RowFile.Row row, RowFile file) {
        for (Origin origin : last.values()) {
            if (origin.row() == row.index() && origin.checksum() != row.checksum()) {
                throw Refusal.user(
                        "REPLAY_CHANGED",
                        "Cannot resume the replay of '" + file.shown() + "': its rows up to line " + row.line()
                                + " are not those that were published, or --key or --format is another. Restore them, or publish the file"
                                + " anew without --resume.");
            }
        }
    }

    /** The last row that is in any partition; -1 if there is none. */
    long lastRow() {
        return last.values().stream().mapToLong(Origin::row).max().orElse(-1);
    }
}

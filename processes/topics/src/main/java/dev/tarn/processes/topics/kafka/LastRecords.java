package dev.tarn.processes.topics.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a partition from its end: offsets have gaps, so how far back so many records lie is found by trying. */
public final class LastRecords {
    private static final long FIRST_STEP = 256;
    private static final long LONGEST_STEP = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;

    public LastRecords(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The last records before an offset that are wanted, so many at most, in the order of the partition. */
    public List<ConsumerRecord<byte[], byte[]>> find(
            TopicPartition partition, long end, int count, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        consumer.assign(List.of(partition));
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        Deque<ConsumerRecord<byte[], byte[]>> found = new ArrayDeque<>();
        long to = end;
        long step = Math.max(FIRST_STEP, count);
        while (to > begin && found.size() < count) {
            long from = Math.max(begin, to - step);
            List<ConsumerRecord<byte[], byte[]>> part = read(partition, from, to);
            for (int i = part.size() - 1; i >= 0 && found.size() < count; i--) {
                if (wanted.test(part.get(i))) {
                    found.addFirst(part.get(i));
                }
            }
            to = from;
            step = Math.min(step * 4, Math.max(LONGEST_STEP, count));
        }
        return List.copyOf(found);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long from, long to) {
        consumer.seek(partition, from);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < to) {
            List<ConsumerRecord<byte[], byte[]>> polled =
                    consumer.poll(Duration.ofMillis(500)).records(partition);
            for (ConsumerRecord<byte[], byte[]> each : polled) {
                if (each.offset() < to) {
                    records.add(each);
                }
            }
            if (!polled.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("no records of " + partition + " from offset " + from + " for 30 s");
            }
        }
        return records;
    }
}

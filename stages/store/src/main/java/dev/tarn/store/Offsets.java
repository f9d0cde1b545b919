package dev.tarn.store;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** For each partition of a topic the offset to read next. */
public record Offsets(Map<TopicPartition, Long> next) {
    public static final Offsets NONE = new Offsets(Map.of());

    public Offsets {
        next = Map.copyOf(next);
    }

    /** The offset to read next; 0 where nothing is known. */
    public long next(TopicPartition partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Both together; where both know a partition, the further one. */
    public Offsets advancedBy(Offsets other) {
        Map<TopicPartition, Long> merged = new HashMap<>(next);
        other.next.forEach((partition, offset) -> merged.merge(partition, offset, Math::max));
        return new Offsets(merged);
    }

    /** One line: {@code topic,0:42;topic,1:7}. A topic name holds neither comma nor colon nor semicolon. */
    public String toText() {
        Map<String, Long> sorted = new TreeMap<>();
        next.forEach((partition, offset) -> sorted.put(partition.topic() + "," + partition.partition(), offset));
        return sorted.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining(";"));
    }

    /** The reverse of {@link #toText()}. */
    public static Offsets fromText(String text) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";")) {
            int comma = part.lastIndexOf(',');
            int colon = part.lastIndexOf(':');
            next.put(
                    new TopicPartition(part.substring(0, comma), Integer.parseInt(part.substring(comma + 1, colon))),
                    Long.parseLong(part.substring(colon + 1)));
        }
        return new Offsets(next);
    }
}

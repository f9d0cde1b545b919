package dev.tarn.processes.topics.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics by name. */
public final class Topics implements AutoCloseable {
    private static final String RETENTION = "retention.ms";

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration KNOWN_POLL = Duration.ofMillis(50);

    private final Access access;
    private final Admin admin;

    public Topics(Access access) {
        this.access = access;
        this.admin = KafkaFaults.ask("reach Kafka", "to connect", access, access::admin);
    }

    @Override
    public void close() {
        admin.close();
    }

    /** The partitions of a topic, sorted; empty if there is no such topic. */
    public Optional<List<TopicPartition>> find(String topic) {
        return KafkaFaults.ask("look at topic '" + topic + "'", describe(topic), access, () -> {
            try {
                return Optional.of(partitions(Objects.requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** The partitions of a topic that must be there. */
    public List<TopicPartition> load(String topic) {
        return find(topic).orElseThrow(() -> {
            Set<String> known = names();
            return Refusal.user(
                    "TOPIC_UNKNOWN",
                    "Cannot find topic '" + topic + "'. "
                            + NearestName.find(topic, known)
                                    .map(name -> "Did you mean '" + name + "'?")
                                    .orElse("'tarn topic list' shows those that there are."));
        });
    }

    /** The partitions of a topic, which is made if it is not there. It keeps all events, however old their times are. */
    public List<TopicPartition> create(String topic, int partitions) {
        return KafkaFaults.ask("make topic '" + topic + "'", "CREATE on topic '" + topic + "'", access, () -> {
            try {
                admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())
                                .configs(Map.of(RETENTION, "-1"))))
                        .all()
                        .get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return awaitKnown(topic);
        });
    }

    /** A broker answers that a topic is made before it has heard of it itself. */
    private List<TopicPartition> awaitKnown(String topic) throws InterruptedException {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        Optional<List<TopicPartition>> found = find(topic);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(KNOWN_POLL.toMillis());
            found = find(topic);
        }
        return found.orElseThrow(() -> Refusal.external(
                "TOPIC_NOT_MADE",
                "Cannot make topic '" + topic + "': Kafka at " + access.bootstrap() + " says that it has made it, and "
                        + KNOWN_WITHIN.toSeconds() + " s later does not know it. Look at its log, and try again.",
                null));
    }

    /**
     * Makes sure that events of a time stay: Kafka goes by their timestamps, and deletes those that are older than a topic
     * keeps them as soon as it looks, which is within minutes. A topic that keeps to the broker's default is told to keep
     * all; one for which somebody chose a time is left as it is.
     *
     * @return whether the topic has been told so
     */
    public boolean keep(String topic, Instant oldest) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = KafkaFaults.ask(
                "look at topic '" + topic + "'",
                "DESCRIBE_CONFIGS on topic '" + topic + "'",
                access,
                () -> Objects.requireNonNull(
                        admin.describeConfigs(List.of(resource)).all().get().get(resource)));
        ConfigEntry retention = config.get(RETENTION);
        ConfigEntry cleanup = config.get("cleanup.policy");
        if (retention == null || cleanup == null) {
            return false;
        }
        long keptMillis = Long.parseLong(retention.value());
        if (keptMillis < 0
                || !cleanup.value().contains("delete")
                || oldest.isAfter(Instant.now().minusMillis(keptMillis))) {
            return false;
        }
        if (retention.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
            throw Refusal.user(
                    "TOPIC_RETENTION",
                    "Cannot publish to topic '" + topic + "': it keeps events for "
                            + Duration.ofMillis(keptMillis).toHours() + " h, and the first of these is of " + oldest
                            + ", so Kafka would delete it at once. Name a new topic, or have its retention.ms be -1.");
        }
        KafkaFaults.ask(
                "have topic '" + topic + "' keep its events",
                "ALTER_CONFIGS on topic '" + topic + "'",
                access,
                () -> admin.incrementalAlterConfigs(Map.of(
                                resource,
                                List.of(new AlterConfigOp(new ConfigEntry(RETENTION, "-1"), AlterConfigOp.OpType.SET))))
                        .all()
                        .get());
        return true;
    }

    /** The names of all topics but Kafka's own. */
    public Set<String> names() {
        return KafkaFaults.ask(
                "list the topics",
                "DESCRIBE on its topics",
                access,
                () -> new TreeSet<>(
                        admin.listTopics(new ListTopicsOptions()).names().get()));
    }

    /**
     * How large a topic is.
     *
     * @param records between its first and its last offset; compaction and transactions leave gaps that count
     * @param bytes on the disks of the leaders; negative if they are not told
     */
    public record Size(int partitions, long records, long bytes) {}

    /** All topics with their sizes. */
    public Map<String, Size> sizes() {
        return KafkaFaults.ask("list the topics", "DESCRIBE on its topics", access, () -> {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names()).allTopicNames().get();
            List<TopicPartition> all = new ArrayList<>();
            topics.values().forEach(topic -> all.addAll(partitions(topic)));
            Map<TopicPartition, Long> starts = offsets(all, OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
            Map<TopicPartition, Long> bytes = bytes(topics);
            Map<String, Size> sizes = new TreeMap<>();
            topics.forEach((name, topic) -> {
                long records = 0;
                long size = 0;
                for (TopicPartition partition : partitions(topic)) {
                    records += ends.getOrDefault(partition, 0L) - starts.getOrDefault(partition, 0L);
                    size = bytes.containsKey(partition) && size >= 0 ? size + bytes.get(partition) : -1;
                }
                sizes.put(name, new Size(topic.partitions().size(), records, size));
            });
            return sizes;
        });
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(asked).all().get().forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    // Not every user may see the disks, and not every Kafka has some to show.
    private Map<TopicPartition, Long> bytes(Map<String, TopicDescription> topics) throws InterruptedException {
        Map<Integer, Set<TopicPartition>> byLeader = new HashMap<>();
        topics.values()
                .forEach(topic -> topic.partitions().stream()
                        .filter(partition -> partition.leader() != null)
                        .forEach(partition -> byLeader.computeIfAbsent(
                                        partition.leader().id(), id -> new java.util.HashSet<>())
                                .add(new TopicPartition(topic.name(), partition.partition()))));
        Map<TopicPartition, Long> bytes = new HashMap<>();
        try {
            admin.describeLogDirs(byLeader.keySet())
                    .allDescriptions()
                    .get()
                    .forEach((broker, directories) -> directories
                            .values()
                            .forEach(directory -> directory.replicaInfos().forEach((partition, replica) -> {
                                if (byLeader.getOrDefault(broker, Set.of()).contains(partition)) {
                                    bytes.merge(partition, replica.size(), Long::sum);
                                }
                            })));
        } catch (ExecutionException e) {
            return Map.of();
        }
        return bytes;
    }

    private static List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .toList();
    }

    private static String describe(String topic) {
        return "DESCRIBE on topic '" + topic + "'";
    }
}

package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topics of the lake's Kafka. */
final class Topics {
    private static final int PATIENCE_MILLIS = 10_000;

    private final StreamSite site;

    Topics(StreamSite site) {
        this.site = site;
    }

    /** Refuses a topic that is not there, or that this user may not read. */
    void requireReadable(String stream, String topic) {
        String what = "start stream '" + stream + "'";
        if (find(what, topic, AclOperation.READ)) {
            return;
        }
        Set<String> listed = ask(
                "see the topics",
                "DESCRIBE on its topics",
                admin -> await(admin.listTopics().names()));
        Set<String> names = new TreeSet<>(listed);
        // Kafka's own, and Connect's.
        names.removeIf(name -> name.startsWith("_"));
        String near = Nearest.of(topic, names)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse(names.isEmpty() ? "" : " Those of the lake are " + String.join(", ", names) + ".");
        throw new RefusedException(
                404,
                "TOPIC_UNKNOWN",
                "Cannot " + what + ": Kafka has no topic '" + topic + "'." + near + " Publish to it first, or correct"
                        + " streams/" + stream + ".yaml.");
    }

    /** Whether a topic is there; one that this user may not write is refused, be it there or not. */
    boolean findWritable(String stream, String topic) {
        return find("start stream '" + stream + "'", topic, AclOperation.WRITE);
    }

    /** Creates a topic as the broker creates topics, if it is not there. */
    void create(String stream, String topic) {
        String what = "start stream '" + stream + "'";
        ask(what, "CREATE on topic '" + topic + "'", admin -> {
            try {
                await(admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
                        .all());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return topic;
        });
        // Of a topic that is not there, Kafka does not tell what is allowed.
        find(what, topic, AclOperation.WRITE);
    }

    /** Whether a topic is there. One with which this user may not do so is refused, be it there or not. */
    private boolean find(String what, String topic, AclOperation operation) {
        // Reading and writing both allow to describe: who may not describe lacks the operation itself.
        String right = operation + " on topic '" + topic + "'";
        return ask(what, right, admin -> {
            try {
                KafkaFuture<TopicDescription> described = admin.describeTopics(
                                List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues()
                        .get(topic);
                Set<AclOperation> allowed =
                        await(Objects.requireNonNull(described)).authorizedOperations();
                // Null where the broker does not tell.
                if (allowed != null && !allowed.contains(operation)) {
                    throw denied(what, right, null);
                }
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The offset after the last record of each partition, by topic; without topics that are gone or may not be seen. */
    Map<String, Map<Integer, Long>> ends(Collection<String> topics) {
        return ask("see the ends of topics", "DESCRIBE on topics " + String.join(", ", topics), admin -> {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (KafkaFuture<TopicDescription> description :
                    admin.describeTopics(topics).topicNameValues().values()) {
                try {
                    TopicDescription topic = await(description);
                    topic.partitions()
                            .forEach(partition -> asked.put(
                                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                            && !(e.getCause() instanceof AuthorizationException)) {
                        throw e;
                    }
                }
            }
            Map<String, Map<Integer, Long>> ends = new HashMap<>();
            if (asked.isEmpty()) {
                return ends;
            }
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found =
                    await(admin.listOffsets(asked).all());
            found.forEach((partition, info) -> ends.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                    .put(partition.partition(), info.offset()));
            return ends;
        });
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
    }

    private <T> T ask(String what, String right, Question<T> question) {
        Map<String, Object> settings = site.client();
        settings.putIfAbsent("default.api.timeout.ms", Integer.toString(PATIENCE_MILLIS));
        settings.putIfAbsent("request.timeout.ms", Integer.toString(PATIENCE_MILLIS));
        try (Admin admin = Admin.create(settings)) {
            return question.ask(admin);
        } catch (RefusedException e) {
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException denied) {
                throw denied(what, right, denied);
            }
            throw unreachable(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) { // Kafka's own are not checked.
            throw unreachable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(what, e);
        }
    }

    private RefusedException denied(String what, String right, @Nullable Throwable reason) {
        RefusedException refused = new RefusedException(
                403,
                "KAFKA_DENIED",
                "Cannot " + what + ": Kafka at " + site.bootstrap() + " does not allow this user " + right
                        + ". Have that right given, or name another user in kafka.options of lake.yaml.");
        if (reason != null) {
            refused.initCause(reason);
        }
        return refused;
    }

    private RefusedException unreachable(String what, Throwable reason) {
        RefusedException refused = new RefusedException(
                502,
                "KAFKA",
                "Cannot " + what + ": Kafka at '" + site.bootstrap() + "' does not answer (" + reason.getMessage()
                        + "). 'tarn status' shows whether it runs.");
        refused.initCause(reason);
        return refused;
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}

package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the lake's Kafka. */
final class Topics {
    private static final int PATIENCE_MILLIS = 10_000;

    private final StreamSite site;

    Topics(StreamSite site) {
        this.site = site;
    }

    /** Refuses a topic that is not there. */
    void require(String stream, String topic) {
        Set<String> listed =
                ask("see the topics", admin -> await(admin.listTopics().names()));
        Set<String> names = new TreeSet<>(listed);
        // Kafka's own, and Connect's.
        names.removeIf(name -> name.startsWith("_") && !name.equals(topic));
        if (!names.contains(topic)) {
            String near = Nearest.of(topic, names)
                    .map(name -> " Did you mean '" + name + "'?")
                    .orElse(names.isEmpty() ? "" : " Those of the lake are " + String.join(", ", names) + ".");
            throw new RefusedException(
                    404,
                    "TOPIC_UNKNOWN",
                    "Cannot start stream '" + stream + "': Kafka has no topic '" + topic + "'." + near
                            + " Publish to it first, or correct streams/" + stream + ".yaml.");
        }
    }

    /** Creates a topic as the broker creates topics, if it is not there. */
    void create(String topic) {
        ask("create topic '" + topic + "'", admin -> {
            if (await(admin.listTopics().names()).contains(topic)) {
                return topic;
            }
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
    }

    /** The offset after the last record of each partition, by topic. */
    Map<String, Map<Integer, Long>> ends(Collection<String> topics) {
        return ask("see the ends of topics", admin -> {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (TopicDescription topic :
                    await(admin.describeTopics(topics).allTopicNames()).values()) {
                topic.partitions()
                        .forEach(partition -> asked.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<String, Map<Integer, Long>> ends = new HashMap<>();
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

    private <T> T ask(String what, Question<T> question) {
        Map<String, Object> settings = site.client();
        settings.putIfAbsent("default.api.timeout.ms", Integer.toString(PATIENCE_MILLIS));
        settings.putIfAbsent("request.timeout.ms", Integer.toString(PATIENCE_MILLIS));
        try (Admin admin = Admin.create(settings)) {
            return question.ask(admin);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException denied) {
                throw new RefusedException(
                        400,
                        "KAFKA_DENIED",
                        "Cannot " + what + ": Kafka denies it to the user of lake.yaml (" + denied.getMessage()
                                + "). Have whoever runs Kafka grant it.");
            }
            throw unreachable(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) { // Kafka's own are not checked.
            throw unreachable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(what, e);
        }
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

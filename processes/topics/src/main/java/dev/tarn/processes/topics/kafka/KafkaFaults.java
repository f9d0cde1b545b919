package dev.tarn.processes.topics.kafka;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's errors mean to a person. */
public final class KafkaFaults {
    private KafkaFaults() {}

    /** Something asked of Kafka. */
    public interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    /**
     * Asks, and words what goes wrong.
     *
     * @param what the words after "Cannot", such as {@code read topic 'sales'}
     * @param operation the right that it takes, such as READ on topic 'sales'
     */
    public static <T> T ask(String what, String operation, Access access, Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException | RuntimeException e) {
            throw refusal(what, operation, access, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    public static Refusal refusal(String what, String operation, Access access, Throwable fault) {
        Throwable reason = fault;
        while ((reason instanceof ExecutionException || reason instanceof CompletionException)
                && reason.getCause() != null) {
            reason = reason.getCause();
        }
        if (reason instanceof Refusal refusal) {
            return refusal;
        }
        if (reason instanceof AuthorizationException) {
            return Refusal.external(
                    "KAFKA_DENIED",
                    "Cannot " + what + ": Kafka at " + access.bootstrap() + " does not allow this user " + operation
                            + ". Have that right given, or name another user in kafka.options of lake.yaml.",
                    reason);
        }
        if (reason instanceof AuthenticationException) {
            return Refusal.external(
                    "KAFKA_LOGIN",
                    "Cannot " + what + ": Kafka at " + access.bootstrap() + " does not take this login ("
                            + words(reason) + "). Correct it in kafka.options of lake.yaml.",
                    reason);
        }
        if (reason instanceof RecordTooLargeException) {
            return Refusal.external(
                    "EVENT_TOO_LARGE",
                    "Cannot " + what + ": an event is too large for it (" + words(reason)
                            + "). Raise max.message.bytes of the topic and max.request.size in kafka.options.",
                    reason);
        }
        if (reason instanceof UnknownTopicOrPartitionException) {
            return Refusal.external(
                    "TOPIC_GONE", "Cannot " + what + ": the topic is gone. Try again if that was not meant.", reason);
        }
        if (reason instanceof InvalidTimestampException) {
            return Refusal.user(
                    "EVENT_TIME",
                    "Cannot " + what + ": Kafka does not take the time of an event (" + words(reason)
                            + "). Choose times that are not in the future, or raise message.timestamp.after.max.ms of"
                            + " the topic.");
        }
        if (reason instanceof TimeoutException) {
            return Refusal.external(
                    "KAFKA_SILENT",
                    "Cannot " + what + ": Kafka at " + access.bootstrap() + " gives no answer (" + words(reason)
                            + "). 'tarn status' shows whether it runs; try again when it does.",
                    reason);
        }
        return Refusal.external(
                "KAFKA",
                "Cannot " + what + ": Kafka at " + access.bootstrap() + " says: " + words(reason)
                        + ". 'tarn logs collect' may say more; try again.",
                reason);
    }

    private static String words(Throwable reason) {
        String message = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        return message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
    }
}

package dev.tarn.processes.topics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.processes.topics.event.JsonValues;
import dev.tarn.processes.topics.kafka.Access;
import dev.tarn.processes.topics.kafka.Refusal;
import dev.tarn.processes.topics.replay.Replay;
import dev.tarn.processes.topics.replay.ReplayRequest;
import dev.tarn.processes.topics.tail.Tail;
import dev.tarn.processes.topics.tail.TopicList;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does one piece of work on topics, as a JSON object in the first line of standard input asks: {@code access} as the server tells it, and
 * {@code do}, one of {@code replay}, {@code tail} and {@code list}, with what belongs to it. Words go to standard error,
 * data to standard output, one JSON object a line.
 */
public final class TopicsProcess {
    private static final long END_SECONDS = 20;
    private static final int INTERRUPTED = 130;

    private TopicsProcess() {}

    /** Ends with the exit code that the command hands on. */
    public static void main(String[] arguments) throws IOException {
        PrintStream words = stream(FileDescriptor.err, 0);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        JsonNode request = JsonValues.JSON.readTree(String.valueOf(in.readLine()));
        Thread watch = new Thread(() -> awaitEnd(in), "watch-command");
        watch.setDaemon(true);
        watch.start();
        System.exit(run(request, words));
    }

    /** The command keeps its end open as long as it lives; without it there is nobody to work for. */
    private static void awaitEnd(BufferedReader in) {
        try {
            while (in.read() >= 0) {
                // It says nothing more.
            }
        } catch (IOException e) {
            // As good as its end.
        }
        System.exit(INTERRUPTED);
    }

    private static int run(JsonNode request, PrintStream words) throws IOException {
        Access access = Access.parse(request.path("access"));
        PrintStream data = stream(FileDescriptor.out, 1 << 16);
        try {
            switch (request.path("do").asText()) {
                case "replay" -> replay(access, request, words);
                case "tail" ->
                    new Tail(access, data)
                            .run(
                                    request.path("topic").asText(),
                                    request.path("count").asInt(),
                                    request.path("follow").asBoolean());
                case "list" -> TopicList.print(access, data);
                default -> throw new IllegalArgumentException("no such work: " + request.path("do"));
            }
            return 0;
        } catch (Refusal e) {
            data.flush();
            words.println(e.getMessage());
            return e.exitCode();
        }
    }

    private static void replay(Access access, JsonNode request, PrintStream words) throws IOException {
        Replay replay = new Replay(
                access,
                ReplayRequest.parse(request),
                words,
                request.path("terminalColumns").asInt(0));
        CountDownLatch ended = new CountDownLatch(1);
        // Ctrl-C: what has been handed to Kafka is waited for, so that the last line is true.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            replay.stop();
                            await(ended);
                        },
                        "stop-replay"));
        try {
            replay.run();
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            boolean inTime = ended.await(END_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PrintStream stream(FileDescriptor descriptor, int buffer) {
        FileOutputStream stream = new FileOutputStream(descriptor);
        return buffer == 0
                ? new PrintStream(stream, true, StandardCharsets.UTF_8)
                : new PrintStream(new BufferedOutputStream(stream, buffer), false, StandardCharsets.UTF_8);
    }
}

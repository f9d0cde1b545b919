package dev.tarn.processes.collect;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.runtime.Connect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the broker, if one is asked for, then the Connect worker. */
public final class CollectProcess {
    private static final Logger LOG = LoggerFactory.getLogger(CollectProcess.class);

    private static final String CONNECTS_HOOK = "connect-shutdown-hook";

    private CollectProcess() {}

    /** @param arguments the worker's property file, and the broker's if a broker is to run here */
    public static void main(String[] arguments) throws IOException {
        Optional<EmbeddedBroker> broker =
                arguments.length > 1 ? Optional.of(EmbeddedBroker.start(Path.of(arguments[1]))) : Optional.empty();
        Properties properties = new Properties();
        // Client options of a Kafka that runs elsewhere; they may hold passwords, so no file has them.
        properties.load(new StringReader(System.getenv().getOrDefault("TARN_KAFKA_OPTIONS", "")));
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> {
            // Connect asks for a prefix where an option is for the clients of connectors.
            for (String client : new String[] {"", "producer.", "consumer.", "admin."}) {
                settings.put(client + key, properties.getProperty(key));
            }
        });
        Properties worker = read(Path.of(arguments[0]));
        worker.stringPropertyNames().forEach(key -> settings.put(key, worker.getProperty(key)));
        Connect<?> connect = connect(settings);
        LOG.info("Kafka Connect listens on {}", settings.get("listeners"));
        broker.ifPresent(running -> Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            // The worker writes its offsets to the broker while it stops.
                            awaitConnect();
                            running.stop();
                        },
                        "stop-broker")));
        connect.awaitStop();
    }

    private static Connect<?> connect(Map<String, String> settings) {
        try {
            return new ConnectDistributed().startConnect(settings);
        } catch (ConnectException e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            if (reason instanceof ApiException) {
                // Its words say all; through which code it came, nobody who mends a password needs.
                LOG.error(
                        "Kafka at {} refuses this user: {}. Correct 'kafka' in lake.yaml",
                        settings.get("bootstrap.servers"),
                        reason.getMessage());
                System.exit(1);
            }
            throw e;
        }
    }

    /**
     * Waits until the worker has stopped, which a hook of its own sees to. Connect's {@code stop} and {@code awaitStop} do not
     * tell: a second call of {@code stop} ends the waiting although the first one is still at work.
     */
    private static void awaitConnect() {
        try {
            // The virtual machine starts its hooks one after the other.
            for (int i = 0; i < 200; i++) {
                Optional<Thread> hook = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals(CONNECTS_HOOK))
                        .findFirst();
                if (hook.isPresent()) {
                    hook.orElseThrow().join();
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}

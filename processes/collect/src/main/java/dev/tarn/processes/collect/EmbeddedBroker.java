package dev.tarn.processes.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker that is its own controller, with its data where the settings say. */
final class EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final KafkaRaftServer server;

    private EmbeddedBroker(KafkaRaftServer server) {
        this.server = server;
    }

    static EmbeddedBroker start(Path settingsFile) throws IOException {
        Properties settings = CollectProcess.read(settingsFile);
        Path data = Path.of(settings.getProperty("log.dirs"));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(settingsFile);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        LOG.info("Kafka listens on {}", settings.getProperty("advertised.listeners"));
        return new EmbeddedBroker(server);
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path settingsFile) throws IOException {
        int code = kafka.tools.StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", settingsFile.toString()}, System.out);
        if (code != 0) {
            throw new IOException("Kafka could not format its data folder; code " + code);
        }
    }
}

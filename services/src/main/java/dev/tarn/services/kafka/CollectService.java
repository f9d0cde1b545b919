package dev.tarn.services.kafka;

import dev.tarn.model.TarnException;
import dev.tarn.services.HttpProbe;
import dev.tarn.services.JavaProgram;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.OddPath;
import dev.tarn.services.OpenedModules;
import dev.tarn.services.Ports;
import dev.tarn.services.PrivateFile;
import dev.tarn.services.ProcessSpec;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.PropertiesText;
import dev.tarn.services.Service;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process that keeps the lake fed: a Kafka broker and a Kafka Connect worker, or the worker alone against a Kafka
 * that runs elsewhere.
 */
public final class CollectService implements Service {
    private final ProgramHome home;
    private final LakeDirectory lake;
    private final String lakeName;
    private final Optional<ExternalBroker> external;
    private final Map<String, String> secrets;
    private final long heapBytes;
    private final int brokerPort;
    private final int controllerPort;
    private final int connectPort;

    /**
     * A Kafka that runs elsewhere.
     *
     * @param bootstrap {@code host:port,host:port}
     * @param options client settings passed through
     * @param libraries folders under {@code lib/} that its clients need besides their own
     */
    public record ExternalBroker(String bootstrap, Map<String, String> options, List<String> libraries) {
        public ExternalBroker {
            options = Map.copyOf(options);
            libraries = List.copyOf(libraries);
        }
    }

    /**
     * @param external the Kafka to use instead of an embedded broker
     * @param secrets variables for the process alone, which connectors refer to as {@code ${env:TARN_SECRET_…}}
     */
    public CollectService(
            ProgramHome home,
            LakeDirectory lake,
            Ports ports,
            String lakeName,
            Optional<ExternalBroker> external,
            Map<String, String> secrets,
            long heapBytes) {
        this.home = home;
        this.lake = lake;
        this.lakeName = lakeName;
        this.external = external;
        this.secrets = Map.copyOf(secrets);
        this.heapBytes = heapBytes;
        this.brokerPort = external.isPresent() ? 0 : ports.port("kafka");
        this.controllerPort = external.isPresent() ? 0 : ports.port("kafka-controller");
        this.connectPort = ports.port("connect");
    }

    @Override
    public String name() {
        return "collect";
    }

    @Override
    public String version() {
        return home.versionOf("collect", "connect-runtime");
    }

    @Override
    public Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        if (external.isEmpty()) {
            addresses.put("kafka", bootstrap());
        }
        addresses.put("connect", connectUrl());
        return addresses;
    }

    @Override
    public List<Integer> ports() {
        return external.isPresent() ? List.of(connectPort) : List.of(brokerPort, controllerPort, connectPort);
    }

    @Override
    public List<TarnException> problems() {
        Optional<TarnException> data = external.isPresent()
                ? Optional.empty()
                : OddPath.problem(
                        name(),
                        lake.root(),
                        ',',
                        "Kafka takes it for the start of another folder",
                        "Move the lake to a path without it.");
        Optional<TarnException> plugins = OddPath.problem(
                name(),
                home.path(),
                ',',
                "Kafka Connect takes it for the start of another folder",
                "Move Tarn to a path without it.");
        Optional<TarnException> program = OddPath.problem(
                name(), home.path(), ':', "Java takes it for the end of a path", "Move Tarn to a path without it.");
        return Stream.of(data, plugins, program).flatMap(Optional::stream).toList();
    }

    @Override
    public void prepare() {
        PrivateFile.write(lake.data(name()).resolve("worker.properties"), PropertiesText.of(worker()));
        if (external.isEmpty()) {
            PrivateFile.write(lake.data(name()).resolve("broker.properties"), PropertiesText.of(broker()));
        }
    }

    @Override
    public ProcessSpec process() {
        JavaProgram program = new JavaProgram(home, "collect")
                .heap(heapBytes)
                // The lake sink runs Hudi in this process.
                .flags(OpenedModules.flags())
                .libraries(external.map(ExternalBroker::libraries).orElse(List.of()))
                .configuration(PropertiesText.of(worker()) + PropertiesText.of(broker()));
        String main = "dev.tarn.processes.collect.CollectProcess";
        // Among them may be passwords: these reach the process and no file.
        Map<String, String> environment = new HashMap<>(secrets);
        external.ifPresent(broker -> environment.put("TARN_KAFKA_OPTIONS", PropertiesText.of(broker.options())));
        String[] entry = external.isPresent()
                ? new String[] {main, "worker.properties"}
                : new String[] {main, "worker.properties", "broker.properties"};
        return program.entry(entry).environment(environment).in(lake.data(name()));
    }

    @Override
    public boolean answers() {
        // The list of connectors needs the worker's group, and that needs the broker.
        return HttpProbe.answers(connectUrl() + "/connectors");
    }

    /** The broker's address for clients. */
    public String bootstrap() {
        return external.map(ExternalBroker::bootstrap).orElse("127.0.0.1:" + brokerPort);
    }

    /** The address of Kafka Connect's REST API. */
    public String connectUrl() {
        return "http://127.0.0.1:" + connectPort;
    }

    private Map<String, String> broker() {
        if (external.isPresent()) {
            return Map.of();
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", lake.data("kafka").toString());
        for (String replicated : List.of(
                "offsets.topic.replication.factor",
                "transaction.state.log.replication.factor",
                "transaction.state.log.min.isr",
                "share.coordinator.state.topic.replication.factor",
                "share.coordinator.state.topic.min.isr",
                "offsets.topic.num.partitions",
                "transaction.state.log.num.partitions",
                "share.coordinator.state.topic.num.partitions",
                "num.partitions")) {
            settings.put(replicated, "1");
        }
        settings.put("group.initial.rebalance.delay.ms", "0");
        // One broker with a handful of topics: the defaults are sized for a cluster's.
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("background.threads", "4");
        // After a crash the broker may not register again before its earlier session has timed out, 9 s by default.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("initial.broker.registration.timeout.ms", "60000");
        return settings;
    }

    private Map<String, String> worker() {
        Map<String, String> settings = new HashMap<>();
        String replication = external.isPresent() ? "-1" : "1";
        settings.put("bootstrap.servers", bootstrap());
        settings.put("group.id", "tarn-" + lakeName);
        for (String store : List.of("config", "offset", "status")) {
            settings.put(store + ".storage.topic", "_tarn_" + lakeName + "_connect_" + store);
            settings.put(store + ".storage.replication.factor", replication);
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("listeners", connectUrl());
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("plugin.path", home.plugins().toString());
        settings.put("plugin.discovery", "service_load");
        settings.put("rest.extension.classes", "dev.tarn.processes.collect.TopicEndsPlugin");
        // What is in Kafka is known after this time, and so what state of the lake is complete.
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        // A worker that was killed is out of its group sooner, so its successor starts its connectors sooner.
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "2000");
        settings.put("rebalance.timeout.ms", "10000");
        settings.put("task.shutdown.graceful.timeout.ms", "5000");
        // Each of our connectors tunes its own clients.
        settings.put("connector.client.config.override.policy", "All");
        // Connectors' settings lie in a topic: passwords stand there as references, and can be read from here alone.
        settings.put("config.providers", "directory,env");
        settings.put(
                "config.providers.directory.class", "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
        settings.put(
                "config.providers.directory.param.allowed.paths", lake.secrets().toString());
        settings.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        settings.put("config.providers.env.param.allowlist.pattern", "TARN_SECRET_.*");
        return settings;
    }
}

package dev.tarn.services.spark;

import dev.tarn.model.ErrorKind;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process that answers SQL: Spark with a Thrift Server, and with a Hive Metastore unless one runs elsewhere. */
public final class EngineService implements Service {
    private static final int NEWEST_JDK = 25;
    /** What tasks need besides Spark's own classes: for tables, and for events of topics. */
    private static final List<String> EXECUTORS = List.of(
            "hudi-spark",
            "spark-avro",
            "spark-sql-kafka",
            "spark-token-provider-kafka",
            "kafka-clients",
            "commons-pool2",
            "jspecify",
            "tarn-engine-process");

    private final ProgramHome home;
    private final LakeDirectory lake;
    private final long heapBytes;
    private final String master;
    private final Optional<String> externalMetastore;
    private final String warehouse;
    private final Map<String, String> storageOptions;
    private final SqlLimits sqlLimits;
    private final StreamServices streams;
    private final int sqlPort;
    private final int metastorePort;
    private final int healthPort;
    private final Runtime.Version jdk;

    /**
     * @param master where Spark runs its tasks: {@code local[*]} or {@code spark://host:port}
     * @param externalMetastore {@code thrift://host:port} of a metastore to use instead of an embedded one
     * @param warehouse where tables lie: a path or an object store's address
     * @param storageOptions options of Hadoop's file system there; may hold secrets
     * @param streams what streams read from and write to
     */
    public EngineService(
            ProgramHome home,
            LakeDirectory lake,
            Ports ports,
            String master,
            Optional<String> externalMetastore,
            String warehouse,
            Map<String, String> storageOptions,
            SqlLimits sqlLimits,
            StreamServices streams,
            long heapBytes) {
        this(
                home,
                lake,
                ports,
                master,
                externalMetastore,
                warehouse,
                storageOptions,
                sqlLimits,
                streams,
                heapBytes,
                Runtime.version());
    }

    EngineService(
            ProgramHome home,
            LakeDirectory lake,
            Ports ports,
            String master,
            Optional<String> externalMetastore,
            String warehouse,
            Map<String, String> storageOptions,
            SqlLimits sqlLimits,
            StreamServices streams,
            long heapBytes,
            Runtime.Version jdk) {
        this.jdk = jdk;
        this.home = home;
        this.lake = lake;
        this.heapBytes = heapBytes;
        this.master = master;
        this.externalMetastore = externalMetastore;
        this.warehouse = warehouse;
        this.storageOptions = Map.copyOf(storageOptions);
        this.sqlLimits = sqlLimits;
        this.streams = streams;
        this.sqlPort = ports.port("sql");
        this.metastorePort = externalMetastore.isPresent() ? 0 : ports.port("metastore");
        this.healthPort = ports.port("engine-health");
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String version() {
        return home.versionOf("engine", "spark-sql_2.12");
    }

    @Override
    public Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("jdbc", "jdbc:hive2://127.0.0.1:" + sqlPort);
        if (externalMetastore.isEmpty()) {
            addresses.put("metastore", metastoreUri());
        }
        return addresses;
    }

    @Override
    public List<Integer> ports() {
        return externalMetastore.isPresent()
                ? List.of(sqlPort, healthPort)
                : List.of(sqlPort, metastorePort, healthPort);
    }

    @Override
    public List<TarnException> problems() {
        Optional<TarnException> path = externalMetastore.isPresent()
                ? Optional.empty()
                : OddPath.problem(
                        name(),
                        lake.root(),
                        ';',
                        "the metastore's database takes it for the end of the path",
                        "Move the lake to a path without it.");
        return Stream.of(jdkProblem(), path).flatMap(Optional::stream).toList();
    }

    private Optional<TarnException> jdkProblem() {
        return jdk.feature() <= NEWEST_JDK
                ? Optional.empty()
                : Optional.of(new TarnException(
                        ErrorKind.USER,
                        "ENGINE_JDK",
                        "Cannot start service 'engine': Spark " + version() + " runs on JDK 17 to " + NEWEST_JDK
                                + ", and this is JDK " + jdk.feature()
                                + ". Point JAVA_HOME at one of those, or write 'engine: none' in lake.yaml."));
    }

    @Override
    public void prepare() {
        PrivateFile.write(lake.data(name()).resolve("engine.properties"), PropertiesText.of(settings()));
    }

    @Override
    public ProcessSpec process() {
        return new JavaProgram(home, "engine")
                .heap(heapBytes)
                .flags(OpenedModules.flags())
                .libraries(streams.kafkaLibraries())
                .flags(List.of("-Dderby.system.home=" + lake.data(name())))
                .configuration(PropertiesText.of(settings()))
                // Among the options may be secrets: these reach the process and no file.
                .environment(secrets())
                .entry("dev.tarn.processes.engine.EngineProcess", "engine.properties")
                .in(lake.data(name()));
    }

    private Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>();
        secrets.put("TARN_ENGINE_TOKEN", token());
        secrets.put("TARN_STORAGE_OPTIONS", PropertiesText.of(storageOptions));
        secrets.put("TARN_KAFKA_OPTIONS", PropertiesText.of(streams.kafkaOptions()));
        streams.registryLogin().ifPresent(login -> secrets.put("TARN_REGISTRY_LOGIN", login));
        return secrets;
    }

    @Override
    public boolean answers() {
        return HttpProbe.answers(apiUrl() + "/health");
    }

    /** The address of its HTTP interface, which answers those who have the token. */
    public String apiUrl() {
        return "http://127.0.0.1:" + healthPort;
    }

    /** The word that opens its HTTP interface: made once for a lake, so that a running engine can be adopted. */
    public synchronized String token() {
        Path file = lake.secrets().resolve(name());
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                PrivateFile.write(file, HexFormat.of().formatHex(random) + "\n");
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metastore's address for clients. */
    public String metastoreUri() {
        return externalMetastore.orElse("thrift://127.0.0.1:" + metastorePort);
    }

    private String jarsOfExecutors() {
        Stream<Path> ours = home.jars(name()).stream()
                .filter(jar -> EXECUTORS.stream().anyMatch(String.valueOf(jar.getFileName())::startsWith));
        Stream<Path> libraries = streams.kafkaLibraries().stream().flatMap(folder -> home.jars(folder).stream());
        return Stream.concat(ours, libraries).map(Path::toString).collect(Collectors.joining(","));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("health.port", Integer.toString(healthPort));
        settings.put("sql.port", Integer.toString(sqlPort));
        settings.put("sql.timeout-millis", Long.toString(sqlLimits.timeout().toMillis()));
        settings.put("sql.max-rows", Integer.toString(sqlLimits.maxRows()));
        settings.put("spark.master", master);
        if (!master.startsWith("local")) {
            // Executors of a cluster have Spark's own classes alone.
            settings.put("spark.jars", jarsOfExecutors());
        }
        settings.put("warehouse", warehouse);
        settings.put("lake", lake.root().toString());
        settings.put("kafka.bootstrap", streams.bootstrap());
        settings.put("registry.url", streams.registryUrl());
        settings.put("reaches", lake.data("collect").toString());
        settings.put("metastore.uri", metastoreUri());
        if (externalMetastore.isEmpty()) {
            settings.put("metastore.port", Integer.toString(metastorePort));
            settings.put("metastore.database", lake.data("metastore").toString());
        }
        return settings;
    }
}

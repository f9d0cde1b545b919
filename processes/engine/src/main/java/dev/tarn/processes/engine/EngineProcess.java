package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.SourceReaches;
import dev.tarn.processes.engine.mirror.MirrorGuard;
import dev.tarn.processes.engine.streams.SchemaRegistry;
import dev.tarn.processes.engine.streams.StreamSite;
import dev.tarn.processes.engine.streams.Streams;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the metastore, the Spark session and the Thrift Server, then answers on the port of its API. */
public final class EngineProcess {
    private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);

    private EngineProcess() {}

    /** @param arguments the property file */
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(reader);
        }
        try {
            start(settings);
        } catch (Exception e) {
            // Threads of a half-started engine would keep the process up, and it would never be started again.
            LOG.error("The engine cannot start", e);
            System.exit(1);
        }
    }

    private static void start(Properties settings) throws Exception {
        String token = System.getenv("TARN_ENGINE_TOKEN");
        if (token == null || token.isBlank()) {
            throw new IllegalStateException("TARN_ENGINE_TOKEN is not set");
        }
        Map<String, String> storage = options("TARN_STORAGE_OPTIONS");
        // Of a metastore elsewhere nobody tells when it changes.
        Supplier<@Nullable Object> catalogState = () -> null;
        if (settings.containsKey("metastore.port")) {
            catalogState = EmbeddedMetastore.start(
                    Integer.parseInt(settings.getProperty("metastore.port")),
                    Path.of(settings.getProperty("metastore.database")),
                    settings.getProperty("warehouse"),
                    storage);
        }
        SparkSession session = session(settings, storage);
        session.sqlContext().setConf("hive.server2.thrift.bind.host", "127.0.0.1");
        session.sqlContext().setConf("hive.server2.thrift.port", settings.getProperty("sql.port"));
        HiveThriftServer2.startWithContext(session.sqlContext());
        // The first query loads thousands of classes: before anybody waits for it.
        session.sql("SHOW DATABASES").collectAsList();
        int port = Integer.parseInt(settings.getProperty("health.port"));
        String reaches = settings.getProperty("reaches");
        Streams streams = new Streams(streamSite(settings, session), ErrorText::of);
        QueryLimits limits = QueryLimits.of(settings);
        EngineApi api = new EngineApi(
                port,
                token,
                session,
                limits,
                new SourceReaches(reaches == null ? null : Path.of(reaches)),
                catalogState);
        api.add(streams, limits);
        api.start();
        streams.restore();
        LOG.info("SQL listens on 127.0.0.1:{}", settings.getProperty("sql.port"));
    }

    private static StreamSite streamSite(Properties settings, SparkSession session) throws IOException {
        return new StreamSite(
                session,
                settings.getProperty("kafka.bootstrap"),
                options("TARN_KAFKA_OPTIONS"),
                new SchemaRegistry(settings.getProperty("registry.url"), System.getenv("TARN_REGISTRY_LOGIN")),
                Path.of(settings.getProperty("lake")),
                settings.getProperty("warehouse"),
                Path.of("streams").toAbsolutePath());
    }

    /** Options that may hold secrets, so that no file has them. */
    private static Map<String, String> options(String variable) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(System.getenv().getOrDefault(variable, "")));
        Map<String, String> options = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> options.put(key, properties.getProperty(key)));
        return options;
    }

    static SparkSession session(Properties settings, Map<String, String> storage) throws IOException {
        // Hive's server side reads these before any Spark setting reaches it.
        System.setProperty("hive.server2.thrift.port", settings.getProperty("sql.port"));
        System.setProperty("hive.server2.thrift.bind.host", "127.0.0.1");
        // Hudi's sync and the Thrift Server's metadata use Hive settings outside any session. Without this they would
        // open
        // the metastore's database a second time, and each switch costs a second.
        System.setProperty("hive.metastore.uris", settings.getProperty("metastore.uri"));
        Path scratch = Files.createDirectories(Path.of("scratch").toAbsolutePath());
        SparkSession.Builder builder =
                SparkSession.builder().appName("tarn").master(settings.getProperty("spark.master"));
        if (settings.getProperty("spark.master").startsWith("local")) {
            builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1");
            LocalParallelism.settings().forEach(builder::config);
        } else {
            // Executors connect to this process: Spark takes the address by which this machine is known to others.
            builder.config("spark.jars", settings.getProperty("spark.jars"));
        }
        storage.forEach((key, value) -> builder.config("spark.hadoop." + key, value));
        return builder.config("spark.ui.enabled", "false")
                // Of Kafka's options, besides those that Spark hides anyway: plans are logged.
                .config("spark.sql.redaction.options.regex", "(?i)url|jaas|keystore")
                .config("spark.local.dir", scratch.toString())
                .config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors())
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .config("spark.kryo.registrator", "org.apache.spark.HoodieSparkKryoRegistrar")
                .config(
                        "spark.sql.extensions",
                        "org.apache.spark.sql.hudi.HoodieSparkSessionExtension," + MirrorGuard.class.getName())
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.hudi.catalog.HoodieCatalog")
                .config("spark.sql.warehouse.dir", settings.getProperty("warehouse"))
                .config("spark.sql.session.timeZone", "UTC")
                // Of each log that a query reads. Hudi's 16 MiB, zeroed for each of a hundred logs, took most of its
                // time.
                .config("hoodie.memory.dfs.buffer.max.size", Integer.toString(256 << 10))
                // Days before 1582 are as they were written: no file here is of a program that counted them otherwise.
                .config("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")
                .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
                .config("spark.sql.avro.datetimeRebaseModeInRead", "CORRECTED")
                .config("spark.sql.avro.datetimeRebaseModeInWrite", "CORRECTED")
                // The old form of lists in Parquet, Hudi's default, cannot hold a null.
                .config("spark.hadoop.parquet.avro.write-old-list-structure", "false")
                .config("spark.hadoop.hive.metastore.uris", settings.getProperty("metastore.uri"))
                .config(
                        "spark.hadoop.hive.exec.scratchdir",
                        scratch.resolve("hive").toString())
                .enableHiveSupport()
                .getOrCreate();
    }
}

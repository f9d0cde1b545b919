package dev.tarn.processes.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * A metastore and a Spark that all tests of this module share: both keep what they are in static fields, and to start them
 * takes longer than most tests. Each class has a session of its own, and clears the catalog when it ends.
 */
public final class TestSpark {
    private final Path warehouse;
    private final Supplier<@Nullable Object> catalogState;
    private final SparkSession root;

    private TestSpark(Path warehouse, Supplier<@Nullable Object> catalogState, SparkSession root) {
        this.warehouse = warehouse;
        this.catalogState = catalogState;
        this.root = root;
    }

    private static final class Holder {
        static final TestSpark SHARED = start();
    }

    /** The one of this JVM. */
    public static TestSpark shared() {
        return Holder.SHARED;
    }

    private static TestSpark start() {
        try {
            Path warehouse = Files.createTempDirectory("tarn-engine-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(warehouse)));
            int port = freePort();
            Supplier<Object> changes =
                    EmbeddedMetastore.start(port, warehouse.resolve("metastore"), warehouse.toString(), Map.of());
            Properties settings = new Properties();
            settings.put("sql.port", "0");
            settings.put("spark.master", "local[2]");
            settings.put("warehouse", warehouse.toString());
            settings.put("metastore.uri", "thrift://127.0.0.1:" + port);
            return new TestSpark(warehouse, changes::get, EngineProcess.session(settings, Map.of()));
        } catch (Exception e) {
            throw new IllegalStateException("the engine of the tests does not start", e);
        }
    }

    /** Where tables without a LOCATION lie. */
    Path warehouse() {
        return warehouse;
    }

    /** What tells whether the catalog has changed. */
    Supplier<@Nullable Object> catalogState() {
        return catalogState;
    }

    /** A session without views and settings of others. */
    public SparkSession newSession() {
        return root.newSession();
    }

    /** Options of a write that is no SQL, and so has none of the session's. */
    public static Map<String, String> fewTasks() {
        return LocalParallelism.settings();
    }

    /** Drops all that tests have made in the catalog; below Spark's rules, which refuse to drop what mirrors a source. */
    public void clear() {
        ExternalCatalog catalog = root.sharedState().externalCatalog();
        for (String database : list(catalog.listDatabases())) {
            if (!database.equals("default")) {
                catalog.dropDatabase(database, true, true);
            }
        }
        for (String table : list(catalog.listTables("default"))) {
            catalog.dropTable("default", table, true, true);
        }
        for (String function : list(catalog.listFunctions("default", "*"))) {
            catalog.dropFunction("default", function);
        }
        root.sharedState().cacheManager().clearCache();
    }

    private static List<String> list(scala.collection.Seq<String> names) {
        return List.copyOf(JavaConverters.seqAsJavaList(names));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.tarn.processes.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.IHMSHandler;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Function;
import org.apache.hadoop.hive.metastore.api.FunctionType;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PrincipalType;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run by the build: makes the database that {@link MetastoreDatabase} copies. Hive has its tables made as they are first
 * needed, so each thing that a catalog of ours holds is made here once, and taken out again.
 */
public final class MetastoreTemplate {
    private static final Logger LOG = LoggerFactory.getLogger(MetastoreTemplate.class);
    private static final String DATABASE = "template";

    private MetastoreTemplate() {}

    /**
     * Writes the file, unless one of the same versions is there already.
     *
     * @param arguments the file, and the version of Hive
     */
    public static void main(String[] arguments) {
        try {
            make(Path.of(arguments[0]), arguments[1]);
        } catch (Exception e) {
            LOG.error(
                    "The build cannot make the metastore's database {}. Run it again; if that does not help, delete the"
                            + " module's target folder first",
                    arguments[0],
                    e);
            System.exit(1);
        }
        // Hive leaves threads behind.
        System.exit(0);
    }

    private static void make(Path file, String version) throws Exception {
        Path made = file.resolveSibling(file.getFileName() + ".version");
        if (Files.exists(file)
                && Files.exists(made)
                && Files.readString(made).equals(version)
                && isNewerThan(file, MetastoreTemplate.class)
                && isNewerThan(file, EmbeddedMetastore.class)) {
            return;
        }
        // A build that is killed while it writes the file must not take the half for the whole next time.
        Files.deleteIfExists(made);
        // Not among the classes, where a build that is killed would leave it for the jar.
        Path folder = Files.createTempDirectory("tarn-metastore-");
        try {
            Path database = folder.resolve("metastore");
            fill(database, folder.resolve("warehouse"));
            Path draft = folder.resolve("metastore.zip");
            pack(database, draft);
            Files.createDirectories(file.resolveSibling("."));
            Files.copy(draft, file, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(made, version);
        } finally {
            MetastoreDatabase.delete(folder);
        }
    }

    private static boolean isNewerThan(Path file, Class<?> type) throws Exception {
        Path compiled =
                Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(compiled)) >= 0;
    }

    private static void fill(Path database, Path warehouse) throws Exception {
        HiveConf settings = EmbeddedMetastore.settings(database, warehouse.toString(), Map.of());
        IHMSHandler metastore = EmbeddedMetastore.handler(settings);
        metastore.create_database(new Database(
                DATABASE, "", warehouse.resolve(DATABASE).toString(), new HashMap<>(Map.of("tarn", "template"))));
        Table table = table(warehouse.resolve("table").toString());
        metastore.create_table(table);
        metastore.add_partition(partition(table));
        metastore.get_partitions_ps(DATABASE, table.getTableName(), List.of("a"), (short) 1);
        metastore.get_partitions_by_filter(DATABASE, table.getTableName(), "part = 'a'", (short) 1);
        metastore.create_function(new Function(
                "f", DATABASE, "java.lang.String", "tarn", PrincipalType.USER, 0, FunctionType.JAVA, List.of()));
        metastore.drop_database(DATABASE, true, true);
        metastore.shutdown();
        try (Connection connection = DriverManager.getConnection("jdbc:derby:" + database);
                Statement statement = connection.createStatement()) {
            // Its place is that of the lake: Hive makes the database 'default' anew where there is none.
            statement.executeUpdate("DELETE FROM DATABASE_PARAMS");
            statement.executeUpdate("DELETE FROM DBS");
        }
        stopDerby();
    }

    private static Table table(String place) {
        Table table = new Table();
        table.setDbName(DATABASE);
        table.setTableName("t");
        table.setOwner("tarn");
        table.setTableType("EXTERNAL_TABLE");
        table.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE")));
        table.setPartitionKeys(List.of(new FieldSchema("part", "string", "")));
        table.setSd(storage(place));
        return table;
    }

    private static Partition partition(Table table) {
        Partition partition = new Partition();
        partition.setDbName(table.getDbName());
        partition.setTableName(table.getTableName());
        partition.setValues(List.of("a"));
        partition.setSd(storage(table.getSd().getLocation() + "/part=a"));
        partition.setParameters(new HashMap<>(Map.of("tarn", "template")));
        return partition;
    }

    private static StorageDescriptor storage(String place) {
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(List.of(new FieldSchema("id", "int", "the key")));
        storage.setLocation(place);
        storage.setInputFormat("org.apache.hadoop.mapred.TextInputFormat");
        storage.setOutputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        storage.setSerdeInfo(new SerDeInfo(
                "t", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", new HashMap<>(Map.of("tarn", "template"))));
        storage.setParameters(new HashMap<>(Map.of("tarn", "template")));
        storage.setBucketCols(List.of());
        storage.setSortCols(List.of());
        return storage;
    }

    /** Writes what is in memory, so that the files are a whole database. */
    private static void stopDerby() throws SQLException {
        try {
            DriverManager.getConnection("jdbc:derby:;shutdown=true").close();
        } catch (SQLException e) {
            // Derby tells of its end so.
            if (!"XJ015".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void pack(Path folder, Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted().toList()) {
                String name = folder.relativize(each).toString();
                if (Files.isDirectory(each)) {
                    if (!name.isEmpty()) {
                        zip.putNextEntry(new ZipEntry(name + "/"));
                    }
                } else if (!name.endsWith(".lck")) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(each, zip);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

package dev.tarn.store.connect;

import dev.tarn.load.CopySettings;
import dev.tarn.load.TableToCopy;
import dev.tarn.store.Codec;
import dev.tarn.store.CopyOrder;
import dev.tarn.store.DeleteMode;
import dev.tarn.store.History;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriterSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The settings of a lake sink. {@code lake.key} may be left out: the columns of the topic's own key are the row's key.
 *
 * @param table what the table is
 * @param writer how it is written
 * @param commitInterval the shortest time between two commits
 * @param commitRecords so many changes are committed at once, however short the time
 * @param metastore the metastore that shall know the table
 * @param source words for people about where the rows come from
 * @param comments of columns, by their names
 * @param hadoop options of Hadoop's file systems
 * @param load where rows come from that do not go through Kafka; empty where all do
 */
record LakeSinkSettings(
        TableDescription table,
        TableWriterSettings writer,
        Duration commitInterval,
        int commitRecords,
        Optional<URI> metastore,
        String source,
        Map<String, String> comments,
        Map<String, String> hadoop,
        Optional<Load> load) {
    /** A dozen batches are in memory at a time: what is small is garbage before young objects are collected. */
    private static final int LOAD_BATCH = 1_000;

    private static final String HADOOP = "lake.hadoop.";
    private static final String COMMENTS = "lake.comments.";

    /**
     * How the table is loaded from its source itself.
     *
     * @param folder of the files by which the lake's server asks for it
     */
    record Load(TableToCopy source, CopySettings copy, Path folder) {}

    static final ConfigDef DEFINITION = new ConfigDef()
            .define("lake.database", Type.STRING, Importance.HIGH, "The lake's database.")
            .define("lake.table", Type.STRING, Importance.HIGH, "The table's name.")
            .define("lake.path", Type.STRING, Importance.HIGH, "The table's folder: a path, file: or s3a:.")
            .define("lake.key", Type.LIST, Importance.HIGH, "The columns that name a row.")
            .define("lake.partition", Type.LIST, List.of(), Importance.HIGH, "The columns that choose a row's folder.")
            .define("lake.type", Type.STRING, "MERGE_ON_READ", Importance.MEDIUM, "MERGE_ON_READ or COPY_ON_WRITE.")
            .define("lake.deletes", Type.STRING, "HARD", Importance.MEDIUM, "HARD or SOFT.")
            .define("lake.version", Type.INT, 6, Importance.LOW, "The table's format version: 6 or 9.")
            .define("lake.codec", Type.STRING, "ZSTD", Importance.LOW, "ZSTD or SNAPPY.")
            .define("lake.history.commits", Type.INT, 1_000, Importance.LOW, "Time travel reaches back so far,")
            .define("lake.history.ms", Type.LONG, 0L, Importance.LOW, "or so far, if this is not 0.")
            .define("lake.commit.interval.ms", Type.LONG, 1_000L, Importance.MEDIUM, "The time between two commits.")
            .define("lake.commit.records", Type.INT, 20_000, Importance.MEDIUM, "A commit comes earlier with so many.")
            .define("lake.index.directory", Type.STRING, Importance.MEDIUM, "Where a large key index spills to.")
            .define("lake.index.memory.bytes", Type.LONG, 96L << 20, Importance.LOW, "From when on it spills.")
            .define("lake.metastore", Type.STRING, "", Importance.MEDIUM, "thrift://host:port, or nothing.")
            .define("lake.source", Type.STRING, "", Importance.LOW, "Words about where the rows come from.")
            .define(
                    "lake.load.folder",
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "Where loads are asked for; empty for none.")
            .define("lake.load.url", Type.STRING, "", Importance.MEDIUM, "The source's address for JDBC.")
            .define("lake.load.user", Type.STRING, "", Importance.MEDIUM, "Its user.")
            .define("lake.load.password", Type.PASSWORD, "", Importance.MEDIUM, "The user's password.")
            .define("lake.load.schema", Type.STRING, "", Importance.MEDIUM, "The schema of the source's table.")
            .define("lake.load.table", Type.STRING, "", Importance.MEDIUM, "The source's table.")
            .define("lake.load.connections", Type.INT, 2, Importance.LOW, "So many read it at once.")
            .define("lake.load.rows.per.second", Type.LONG, 0L, Importance.LOW, "No more than that; 0 for no limit.");

    static LakeSinkSettings of(Map<String, String> properties) {
        AbstractConfig values = new AbstractConfig(DEFINITION, properties, false);
        TableDescription table = new TableDescription(
                values.getString("lake.database"),
                values.getString("lake.table"),
                location(values.getString("lake.path")),
                TableType.valueOf(word(values, "lake.type")),
                values.getList("lake.key"),
                values.getList("lake.partition"),
                DeleteMode.valueOf(word(values, "lake.deletes")),
                values.getInt("lake.version") == 9 ? TableVersion.NINE : TableVersion.SIX,
                Codec.valueOf(word(values, "lake.codec")));
        TableWriterSettings writer =
                TableWriterSettings.defaults(Path.of(values.getString("lake.index.directory"), table.fullName()));
        writer = writer.with(new TableWriterSettings.Index(
                values.getLong("lake.index.memory.bytes"),
                writer.index().spillFolder(),
                writer.index().rememberedDeletes()));
        TableWriterSettings.Maintenance maintenance = TableWriterSettings.Maintenance.DEFAULTS;
        writer = writer.with(new TableWriterSettings.Maintenance(
                maintenance.compactAfterCommits(),
                maintenance.memoryBytes(),
                values.getLong("lake.history.ms") > 0
                        ? new History.Age(Duration.ofMillis(values.getLong("lake.history.ms")))
                        : new History.Commits(values.getInt("lake.history.commits")),
                maintenance.cleanAfterCommits()));
        String metastore = values.getString("lake.metastore");
        Map<String, String> comments = new HashMap<>();
        Map<String, String> hadoop = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(COMMENTS)) {
                comments.put(key.substring(COMMENTS.length()), value);
            } else if (key.startsWith(HADOOP)) {
                hadoop.put(key.substring(HADOOP.length()), value);
            }
        });
        return new LakeSinkSettings(
                table,
                writer,
                Duration.ofMillis(values.getLong("lake.commit.interval.ms")),
                values.getInt("lake.commit.records"),
                metastore.isEmpty() ? Optional.empty() : Optional.of(URI.create(metastore)),
                values.getString("lake.source"),
                Map.copyOf(comments),
                Map.copyOf(hadoop),
                load(values));
    }

    private static Optional<Load> load(AbstractConfig values) {
        String folder = values.getString("lake.load.folder");
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Load(
                new TableToCopy(
                        values.getString("lake.load.url"),
                        values.getString("lake.load.user"),
                        values.getPassword("lake.load.password").value(),
                        values.getString("lake.load.schema"),
                        values.getString("lake.load.table"),
                        values.getList("lake.partition"),
                        CopyOrder.PARTITIONS_AT_ONCE),
                new CopySettings(
                        values.getInt("lake.load.connections"),
                        LOAD_BATCH,
                        values.getLong("lake.load.rows.per.second")),
                Path.of(folder)));
    }

    private static URI location(String path) {
        return path.contains(":/") ? URI.create(path) : Path.of(path).toUri();
    }

    private static String word(AbstractConfig values, String key) {
        return values.getString(key).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

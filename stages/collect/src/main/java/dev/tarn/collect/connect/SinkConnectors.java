package dev.tarn.collect.connect;

import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.LakeTable;
import dev.tarn.collect.debezium.DebeziumConnector;
import dev.tarn.collect.debezium.SourceSecrets;
import dev.tarn.collect.load.DirectLoading;
import dev.tarn.collect.postgres.DatabaseAddress;
import dev.tarn.model.FieldNames;
import dev.tarn.settings.source.RawSettings;
import dev.tarn.settings.source.SourceSettings;
import dev.tarn.settings.source.TableFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The settings of the connectors that take a source's topics into the lake: one for raw files, one for each table. */
public final class SinkConnectors {
    /** The plugin that writes tables. */
    public static final String LAKE_SINK = "dev.tarn.store.connect.LakeSink";

    /** The plugin that writes raw files. */
    public static final String RAW_SINK = "dev.tarn.collect.raw.RawSink";

    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private SinkConnectors() {}

    /** The name of the connector that writes a table. */
    public static String tableName(String lake, String source, String table) {
        return DebeziumConnector.name(lake, source) + ".table." + table;
    }

    /** The name of the connector that writes a source's raw files. */
    public static String rawName(String lake, String source) {
        return DebeziumConnector.name(lake, source) + ".raw";
    }

    /** The settings by which the connector of a table loads it from its database itself. */
    public static Map<String, String> load(
            LakePlaces places, SourceSettings settings, CapturedTable captured, DatabaseAddress database) {
        Map<String, String> properties = new TreeMap<>();
        if (!DirectLoading.isOf(settings)) {
            return properties;
        }
        properties.put(
                "lake.load.folder",
                DebeziumConnector.loadFolder(places, settings.name()).toString());
        properties.put("lake.load.url", database.jdbcUrlWithParameters());
        properties.put("lake.load.user", database.login().get().user());
        properties.put("lake.load.password", SourceSecrets.passwordReference(settings, places));
        properties.put("lake.load.schema", captured.table().schema());
        properties.put("lake.load.table", captured.table().name());
        properties.put("lake.load.connections", Integer.toString(settings.load().connections()));
        properties.put(
                "lake.load.rows.per.second", Integer.toString(settings.load().maxRowsPerSecond()));
        return properties;
    }

    /** The connector that writes one table of the lake, but for {@link #load}. */
    public static Map<String, String> table(
            LakePlaces places, SourceSettings settings, CapturedTable captured, LakeTable table) {
        String source = settings.name();
        TableFormat format = captured.settings().format();
        Map<String, String> properties = sink(LAKE_SINK, tableName(places.lake(), source, table.name()));
        properties.putAll(AvroConverters.settings(places));
        // A row holds its key columns itself.
        properties.keySet().removeIf(key -> key.startsWith("key.converter"));
        properties.put("key.converter", BYTES);
        properties.put("topics", captured.topic(places.lake()));
        properties.put("lake.database", source);
        properties.put("lake.table", table.name());
        properties.put("lake.path", places.warehouse() + "/" + source + "/" + table.name());
        properties.put("lake.type", table.type().name());
        properties.put("lake.key", fields(captured.key()));
        properties.put("lake.partition", fields(captured.settings().partition()));
        properties.put("lake.deletes", captured.settings().deletes().name());
        properties.put("lake.version", Integer.toString(format.version()));
        properties.put("lake.codec", format.compression().name());
        if (format.history() instanceof TableFormat.Commits commits) {
            properties.put("lake.history.commits", Integer.toString(commits.count()));
        } else if (format.history() instanceof TableFormat.Age age) {
            properties.put("lake.history.ms", Long.toString(age.age().toMillis()));
        }
        properties.put(
                "lake.commit.interval.ms",
                Long.toString(settings.commit().interval().toMillis()));
        properties.put("lake.commit.records", Integer.toString(settings.commit().changes()));
        // The sink makes a folder for each table in it.
        properties.put("lake.index.directory", places.state().resolve("index").toString());
        SourceSecrets.storageOptions(places.storageOptions())
                .forEach((key, value) -> properties.put("lake.hadoop." + key, value));
        properties.put("lake.metastore", places.metastore());
        properties.put("lake.source", source + ": " + captured.table().fullName());
        captured.table().columns().stream()
                .filter(column -> !column.comment().isEmpty())
                .forEach(
                        column -> properties.put("lake.comments." + FieldNames.field(column.name()), column.comment()));
        return properties;
    }

    /** The connector that keeps a source's changes as Avro object files. */
    public static Map<String, String> raw(LakePlaces places, SourceSettings source, List<CapturedTable> tables) {
        RawSettings raw = source.raw();
        Map<String, String> settings = sink(RAW_SINK, rawName(places.lake(), source.name()));
        settings.put("topics", String.join(",", DebeziumConnector.topics(places.lake(), tables)));
        settings.put("key.converter", BYTES);
        settings.put("value.converter", BYTES);
        settings.put("raw.path", places.warehouse() + "/raw");
        settings.put("raw.flush.records", Integer.toString(raw.records()));
        settings.put("raw.flush.interval.ms", Long.toString(raw.interval().toMillis()));
        settings.put("raw.tombstones", raw.tombstones().name().toLowerCase(Locale.ROOT));
        SourceSecrets.storageOptions(places.storageOptions())
                .forEach((key, value) -> settings.put("raw.hadoop." + key, value));
        settings.put("raw.registry.url", places.registry());
        return settings;
    }

    private static Map<String, String> sink(String type, String name) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("connector.class", type);
        settings.put("tasks.max", "1");
        // A worker that was killed leaves its consumers in their groups. Under a name of its own, the next one takes
        // their place at once; nameless, it waits until the dead one's session is over, 45 s by default.
        settings.put("consumer.override.group.instance.id", name);
        // Nobody looks at headers: Connect's default would parse the text of each.
        settings.put("header.converter", BYTES);
        settings.put("consumer.override.session.timeout.ms", "10000");
        settings.put("consumer.override.auto.offset.reset", "earliest");
        settings.put("consumer.override.max.poll.records", "5000");
        settings.put("consumer.override.fetch.min.bytes", "1");
        settings.put("consumer.override.fetch.max.bytes", "16777216");
        settings.put("consumer.override.max.partition.fetch.bytes", "4194304");
        // The source makes the topics, with one partition; a sink that is early looks again after two seconds.
        settings.put("consumer.override.allow.auto.create.topics", "false");
        settings.put("consumer.override.metadata.max.age.ms", "2000");
        return settings;
    }

    private static String fields(List<String> columns) {
        return String.join(",", columns.stream().map(FieldNames::field).toList());
    }
}

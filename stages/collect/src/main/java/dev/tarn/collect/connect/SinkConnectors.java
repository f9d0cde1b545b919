package dev.tarn.collect.connect;

import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.FieldNames;
import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.LakeTable;
import dev.tarn.collect.debezium.DebeziumConnector;
import java.util.List;
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

    /** The connector that writes one table of the lake. */
    public static Map<String, String> table(LakePlaces places, String source, CapturedTable captured, LakeTable table) {
        Map<String, String> settings = sink(LAKE_SINK, tableName(places.lake(), source, table.name()));
        settings.putAll(AvroConverters.settings(places));
        // A row holds its key columns itself.
        settings.keySet().removeIf(key -> key.startsWith("key.converter"));
        settings.put("key.converter", BYTES);
        settings.put("topics", captured.topic(places.lake()));
        settings.put("lake.database", source);
        settings.put("lake.table", table.name());
        settings.put("lake.path", places.warehouse() + "/" + source + "/" + table.name());
        settings.put("lake.type", table.type().name());
        settings.put("lake.key", fields(captured.key()));
        settings.put("lake.partition", fields(captured.settings().partition()));
        settings.put("lake.deletes", captured.settings().deletes().name());
        settings.put("lake.version", "6");
        settings.put("lake.commit.interval.ms", "1000");
        // The sink makes a folder for each table in it.
        settings.put("lake.index.directory", places.state().resolve("index").toString());
        settings.put("lake.metastore", places.metastore());
        settings.put("lake.source", source + ": " + captured.table().fullName());
        captured.table().columns().stream()
                .filter(column -> !column.comment().isEmpty())
                .forEach(column -> settings.put("lake.comments." + FieldNames.field(column.name()), column.comment()));
        return settings;
    }

    /** The connector that keeps a source's changes as Avro object files. */
    public static Map<String, String> raw(LakePlaces places, String source, List<CapturedTable> tables) {
        Map<String, String> settings = sink(RAW_SINK, rawName(places.lake(), source));
        settings.put("topics", String.join(",", DebeziumConnector.topics(places.lake(), tables)));
        settings.put("key.converter", BYTES);
        settings.put("value.converter", BYTES);
        settings.put("raw.path", places.warehouse() + "/raw");
        settings.put("raw.flush.records", "10000");
        settings.put("raw.flush.interval.ms", "60000");
        settings.put("raw.tombstones", "keep");
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

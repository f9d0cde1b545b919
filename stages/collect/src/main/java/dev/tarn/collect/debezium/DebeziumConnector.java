package dev.tarn.collect.debezium;

import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.load.DirectLoading;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.FieldNames;
import dev.tarn.model.TarnException;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.source.PostgresUrl;
import dev.tarn.settings.source.SourceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The connector that reads one database: real Debezium, flattened Avro changes to {@code <lake>.<schema>.<table>}.
 *
 * <p>Each setting has its reason beside it; the figures are measured (docs/guide/sources.md).
 */
public final class DebeziumConnector {
    private static final Set<String> SSL = Set.of("sslmode", "sslcert", "sslkey", "sslrootcert", "sslfactory");

    /**
     * What decides the text in which the server sends values, and how long it lets us read, whatever the server, the
     * database or the user has for it. {@code Session} of the module load sets the same for the first copy.
     */
    private static final String SESSION = "-c bytea_output=hex -c DateStyle=ISO -c IntervalStyle=postgres"
            + " -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c row_security=off";

    private DebeziumConnector() {}

    /** The connector's name. No source has a dot in its name, so what follows one belongs to the source. */
    public static String name(String lake, String source) {
        return lake + "-" + source;
    }

    /** The file through which the connector is asked to copy tables that came later. */
    public static Path signalFile(LakePlaces places, String source) {
        return places.state().resolve("collect").resolve(source + ".signals");
    }

    /** The file that tells the connector what was last seen of its slot. */
    public static Path slotFile(LakePlaces places, String source) {
        return places.state().resolve("collect").resolve(source + ".slot");
    }

    /** The folder of the files by which sinks are asked to load tables. */
    public static Path loadFolder(LakePlaces places, String source) {
        return places.state().resolve("collect").resolve("loads").resolve(source);
    }

    /**
     * The settings for Kafka Connect, without passwords.
     *
     * @param url of the database
     * @param tables at least one
     * @param converters the converters that all connectors of the lake share
     * @throws TarnException USER {@code SOURCE_OPTION} if an option of the user is one that must be ours
     */
    public static Map<String, String> settings(
            LakePlaces places,
            SourceSettings source,
            PostgresUrl url,
            Login login,
            List<CapturedTable> tables,
            Map<String, String> converters) {
        Map<String, String> settings = new TreeMap<>(tuned());
        // Rows that were there before come into the lake's tables another way.
        settings.put("snapshot.mode", DirectLoading.isOf(source) ? "no_data" : "initial");
        Map<String, String> ours = ours(places, source, tables);
        connection(ours, places, source, url, login);
        ours.putAll(converters);
        SourceSecrets.options(source).forEach((key, value) -> {
            if (ours.containsKey(key) || key.startsWith("transforms.") || key.startsWith("signal.")) {
                throw new TarnException(
                        ErrorKind.USER,
                        "SOURCE_OPTION",
                        "Cannot capture source '" + source.name() + "': options must not set '" + key
                                + "', since Tarn sets it itself. Take it out of sources/" + source.name() + ".yaml.");
            }
            settings.put(key, value);
        });
        settings.putAll(ours);
        return settings;
    }

    /** What a user may set otherwise. */
    private static Map<String, String> tuned() {
        Map<String, String> settings = new TreeMap<>();
        // What waits between reading and sending is a copy of some KiB for each change, in a small heap.
        settings.put("max.batch.size", "2048");
        settings.put("max.queue.size", "8192");
        settings.put("snapshot.fetch.size", "5000");
        // How long a change waits in the connector: most of Debezium's share of the freshness.
        settings.put("poll.interval.ms", "50");
        settings.put("producer.override.linger.ms", "20");
        settings.put("producer.override.batch.size", "524288");
        settings.put("producer.override.compression.type", "lz4");
        // A decimal's digits, an interval's months: nothing is rounded on the way.
        settings.put("interval.handling.mode", "string");
        settings.put("hstore.handling.mode", "json");
        // How soon the database hears what has been read, and so we what is in Kafka.
        settings.put("status.update.interval.ms", "1000");
        settings.put("topic.creation.default.replication.factor", "-1");
        // A table may fall behind, and a lake be switched off, for so long without losing a change.
        settings.put(
                "topic.creation.default.retention.ms",
                Long.toString(Duration.ofDays(30).toMillis()));
        return settings;
    }

    private static Map<String, String> ours(LakePlaces places, SourceSettings source, List<CapturedTable> tables) {
        String slot = SlotName.of(places.lake(), source.name());
        Map<String, String> settings = new TreeMap<>();
        settings.put("connector.class", "dev.tarn.processes.collect.debezium.PostgresSource");
        settings.put("tasks.max", "1");
        settings.put("topic.prefix", places.lake());
        // Connectors of one lake share the prefix; their metrics must not share a name.
        settings.put("custom.metric.tags", "source=" + source.name());
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", slot);
        settings.put("publication.name", slot);
        // Ours: by it a slot or a server that took the place of the one that was read is told from that.
        settings.put("tarn.slot.seen", slotFile(places, source.name()).toString());
        settings.put("publication.autocreate.mode", "filtered");
        settings.put("publish.via.partition.root", "true");
        // The driver confirms what other tables wrote, once all of ours is confirmed; a heartbeat, which goes to Kafka
        // and not to the database, sees to that. So an idle source keeps no log, and nothing is written to it.
        settings.put("lsn.flush.mode", "connector_and_driver");
        // So the slot may be ahead of the offset that Connect has kept, by what was not ours: nothing is missing then.
        settings.put("offset.mismatch.strategy", "trust_greater_lsn");
        settings.put("heartbeat.interval.ms", "2000");
        settings.put("table.include.list", tableList(tables));
        String keys = keys(tables);
        if (!keys.isEmpty()) {
            settings.put("message.key.columns", keys);
        }
        // Debezium's default is to put null in the place of a value that it cannot convert, and a line in its log.
        settings.put("event.converting.failure.handling.mode", "fail");
        settings.put("decimal.handling.mode", "precise");
        settings.put("time.precision.mode", "microseconds");
        // Debezium writes a time with zone as text whatever the mode; ours makes it UTC microseconds too.
        settings.put("converters", "timestamps");
        settings.put("timestamps.type", "dev.tarn.processes.collect.debezium.TimestampConverter");
        settings.put("schema.name.adjustment.mode", "avro");
        settings.put("field.name.adjustment.mode", "avro");
        settings.put("transforms", "unwrap");
        settings.put("transforms.unwrap.type", "dev.tarn.processes.collect.debezium.FlattenChanges");
        // By default Debezium passes over TRUNCATE.
        settings.put("skipped.operations", "none");
        settings.put("header.converter", "org.apache.kafka.connect.storage.StringConverter");
        // Debezium would name itself in headers of every record.
        settings.put("extended.headers.enabled", "false");
        settings.put("transforms.unwrap.delete.tombstone.handling.mode", "rewrite");
        // A default of a column must not stand for a null that was written.
        settings.put("transforms.unwrap.replace.null.with.default", "false");
        settings.put("transforms.unwrap.add.fields", "op,db,table,schema,lsn,source.ts_ms");
        // One partition a topic: order holds over the whole table, also for a row whose key changes.
        settings.put("topic.creation.default.partitions", "1");
        settings.put("signal.enabled.channels", "file");
        settings.put("signal.file", signalFile(places, source.name()).toString());
        settings.put("signal.poll.interval.ms", "1000");
        return settings;
    }

    private static void connection(
            Map<String, String> settings, LakePlaces places, SourceSettings source, PostgresUrl url, Login login) {
        settings.put("database.hostname", url.host());
        settings.put("database.port", Integer.toString(url.port()));
        settings.put("database.dbname", url.database());
        settings.put("database.user", login.user());
        settings.put("database.password", SourceSecrets.passwordReference(source, places));
        url.parameters()
                .forEach((key, value) -> settings.put((SSL.contains(key) ? "database." : "driver.") + key, value));
        settings.merge("driver.options", SESSION, (theirs, ours) -> theirs + " " + ours);
    }

    /** How the setting table.include.list names a table. */
    public static String tablePattern(CapturedTable table) {
        return regex(table.table().fullName());
    }

    private static String tableList(List<CapturedTable> tables) {
        return tables.stream()
                .map(table -> table.table().fullName())
                .sorted()
                .map(DebeziumConnector::regex)
                .collect(Collectors.joining(","));
    }

    private static String keys(List<CapturedTable> tables) {
        return tables.stream()
                .filter(CapturedTable::hasKeyOfItsOwn)
                .map(table -> regex(table.table().fullName()) + ":" + String.join(",", table.key()))
                .sorted()
                .collect(Collectors.joining(";"));
    }

    /** A regular expression for this name alone, without the commas and colons that separate names. */
    private static String regex(String name) {
        StringBuilder regex = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (c == '.') {
                regex.append("\\.");
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                regex.appendCodePoint(c);
            } else {
                regex.append("\\x{").append(Integer.toHexString(c)).append('}');
            }
        });
        return regex.toString();
    }

    /** The topics of these tables. */
    public static List<String> topics(String lake, List<CapturedTable> tables) {
        return tables.stream().map(table -> table.topic(lake)).sorted().toList();
    }

    /** A request for a copy of tables, as one line of the signal file. */
    public static String copyRequest(List<String> tables) {
        return "{\"id\":\"tarn-" + FieldNames.topic(String.join("-", tables)) + "\",\"type\":\"execute-snapshot\","
                + "\"data\":{\"type\":\"blocking\",\"data-collections\":["
                + tables.stream()
                        .map(table -> "\"" + regex(table).replace("\\", "\\\\") + "\"")
                        .collect(Collectors.joining(","))
                + "]}}\n";
    }
}

package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.StreamDefinition.FileFormat;
import dev.tarn.processes.engine.streams.StreamDefinition.FileInput;
import dev.tarn.processes.engine.streams.StreamDefinition.Format;
import dev.tarn.processes.engine.streams.StreamDefinition.Input;
import dev.tarn.processes.engine.streams.StreamDefinition.TableInput;
import dev.tarn.processes.engine.streams.StreamDefinition.TopicInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Makes a stream's inputs views of a session, under the names that its SQL uses. */
final class Inputs {
    private final StreamSite site;
    private final SparkSession session;
    private final StreamDefinition stream;
    private final BadEvents bad;

    Inputs(StreamSite site, SparkSession session, StreamDefinition stream, BadEvents bad) {
        this.site = site;
        this.session = session;
        this.stream = stream;
        this.bad = bad;
    }

    /**
     * Topics as they flow.
     *
     * @param schemas of their events, by topic
     */
    void asStreams(Map<String, String> schemas) {
        for (Input input : stream.inputs()) {
            if (input instanceof TopicInput topic) {
                Dataset<Row> records = session.readStream()
                        .format("kafka")
                        .options(site.sparkOptions())
                        .option("subscribe", topic.topic())
                        .option("startingOffsets", topic.fromLatest() ? "latest" : "earliest")
                        .option("maxOffsetsPerTrigger", stream.maxEvents())
                        .load();
                view(input, watermark(topic, events(topic, records, schemas)));
            } else {
                view(input, session.baseRelationToDataFrame(new FreshRelation(() -> rows(input))));
            }
        }
    }

    /** Topics as they are now, from their first record to their last. */
    void asBatches(Map<String, String> schemas) {
        for (Input input : stream.inputs()) {
            if (input instanceof TopicInput topic) {
                Dataset<Row> records = session.read()
                        .format("kafka")
                        .options(site.sparkOptions())
                        .option("subscribe", topic.topic())
                        .load();
                view(input, events(topic, records, schemas));
            } else {
                view(input, rows(input));
            }
        }
    }

    private static void view(Input input, Dataset<Row> rows) {
        rows.createOrReplaceTempView(input.name());
    }

    private Dataset<Row> events(TopicInput input, Dataset<Row> records, Map<String, String> schemas) {
        String schema = schemas.get(input.topic());
        if (schema == null) {
            throw new IllegalStateException("no schema of " + input.topic());
        }
        StructType type = ReaderSchemas.type(stream.name(), input.topic() + "-value", schema);
        EventDecoder decoder =
                input.format() == Format.AVRO ? new AvroEvents(schema, type, site.registry()) : new JsonEvents(type);
        Dataset<Row> decoded = records.withColumn("_event", DecodeEvent.column(decoder, type, bad))
                .where(functions.col("_event").isNotNull());
        Set<String> taken = Stream.of(type.fieldNames())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<Column> columns = new ArrayList<>(List.of(functions.col("_event.*")));
        if (input.time() == null && !taken.contains("timestamp")) {
            columns.add(functions.col("timestamp"));
        }
        for (String meta : List.of("topic", "partition", "offset", "timestamp", "key")) {
            if (!taken.contains("_" + meta)) {
                columns.add(functions.col(meta).as("_" + meta));
            }
        }
        return decoded.select(columns.toArray(Column[]::new));
    }

    private Dataset<Row> watermark(TopicInput input, Dataset<Row> events) {
        Set<String> names = Set.of(events.schema().fieldNames());
        String time = input.time() != null ? input.time() : names.contains("timestamp") ? "timestamp" : "_timestamp";
        if (!names.contains(time)) {
            throw new RefusedException(
                    400,
                    "STREAM_TIME",
                    "Cannot start stream '" + stream.name() + "': the events of topic '" + input.topic()
                            + "' have no column '" + time + "'."
                            + Nearest.of(time, names)
                                    .map(near -> " Did you mean '" + near + "'?")
                                    .orElse("")
                            + " Correct inputs." + input.name() + ".time in streams/" + stream.name() + ".yaml.");
        }
        if (!events.schema().apply(time).dataType().equals(DataTypes.TimestampType)) {
            throw new RefusedException(
                    400,
                    "STREAM_TIME",
                    "Cannot start stream '" + stream.name() + "': column '" + time + "' of topic '" + input.topic()
                            + "' has type "
                            + events.schema().apply(time).dataType().sql()
                            + ", and the time of an event is a timestamp. Name another column under inputs."
                            + input.name() + ".time, or leave it out for the time of the record.");
        }
        return input.watermarkMillis() == null
                ? events
                : events.withWatermark(time, input.watermarkMillis() + " milliseconds");
    }

    private Dataset<Row> rows(Input input) {
        if (input instanceof FileInput file) {
            return file(file);
        }
        if (input instanceof TableInput table) {
            requireTable(table);
            // Another session: this one would remember the table's files.
            return session.newSession().table(table.table());
        }
        throw new IllegalArgumentException("not rows: " + input);
    }

    private Dataset<Row> file(FileInput file) {
        String path = site.resolve(file.file());
        requireFile(file, path);
        if (file.format() == FileFormat.PARQUET) {
            return session.read().parquet(path);
        }
        DataFrameReader reader = session.read()
                .option("header", true)
                .option("delimiter", file.delimiter())
                .option("mode", "FAILFAST")
                .option("enforceSchema", false);
        String name = file.schema();
        if (name != null) {
            String schema = new ReaderSchemas(site)
                    .find(name)
                    .or(() -> site.registry().findLatest(name).map(SchemaRegistry.Registered::schema))
                    .orElseThrow(() -> new RefusedException(
                            400,
                            "SCHEMA_MISSING",
                            "Cannot start stream '" + stream.name() + "': there is no schema '" + name + "' for file '"
                                    + file.file() + "'. Write schemas/" + name + ".avsc."));
            reader = reader.schema(ReaderSchemas.type(stream.name(), name, schema));
        }
        return reader.csv(path);
    }

    private void requireFile(FileInput file, String path) {
        try {
            Path place = new Path(path);
            FileSystem files = place.getFileSystem(session.sessionState().newHadoopConf());
            if (files.globStatus(place) == null || files.globStatus(place).length == 0) {
                throw new RefusedException(
                        404,
                        "FILE_UNKNOWN",
                        "Cannot start stream '" + stream.name() + "': there is no file '" + file.file()
                                + "' for its input '" + file.name() + "' (" + path
                                + "). Put it there, or correct streams/"
                                + stream.name() + ".yaml.");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException(
                    400,
                    "FILE_UNKNOWN",
                    "Cannot start stream '" + stream.name() + "': file '" + file.file() + "' of its input '"
                            + file.name() + "' cannot be read: " + e.getMessage() + ".");
        }
    }

    private void requireTable(TableInput table) {
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        String[] name = table.table().toLowerCase(Locale.ROOT).split("\\.", 2);
        if (catalog.databaseExists(name[0]) && catalog.tableExists(name[0], name[1])) {
            return;
        }
        Set<String> names = new TreeSet<>();
        JavaConverters.seqAsJavaList(catalog.listDatabases())
                .forEach(database -> JavaConverters.seqAsJavaList(catalog.listTables(database))
                        .forEach(each -> names.add(database + "." + each)));
        throw new RefusedException(
                404,
                "TABLE_UNKNOWN",
                "Cannot start stream '" + stream.name() + "': the lake has no table '" + table.table()
                        + "' for its input '" + table.name() + "'."
                        + Nearest.of(table.table(), names)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse("")
                        + " 'tarn table list' shows the tables.");
    }
}

package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.Checkpoint.Begun;
import dev.tarn.processes.engine.streams.StreamDefinition.ConsoleTarget;
import dev.tarn.processes.engine.streams.StreamDefinition.Continuous;
import dev.tarn.processes.engine.streams.StreamDefinition.Every;
import dev.tarn.processes.engine.streams.StreamDefinition.FilesTarget;
import dev.tarn.processes.engine.streams.StreamDefinition.Once;
import dev.tarn.processes.engine.streams.StreamDefinition.TableTarget;
import dev.tarn.processes.engine.streams.StreamDefinition.TopicTarget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.Trigger;

/** Builds a stream's query and starts it, or refuses with what is wrong with it. */
final class StreamLaunch {
    private final StreamSite site;
    private final StreamDefinition stream;
    private final ErrorWords words;
    private final ConsoleOutput console;
    private final StreamingQueryListener listener;
    private final LongConsumer quarantined;

    /**
     * @param console where rows go if the stream's output is the console
     * @param quarantined is told how many events of a batch did not decode
     */
    StreamLaunch(
            StreamSite site,
            StreamDefinition stream,
            ErrorWords words,
            ConsoleOutput console,
            StreamingQueryListener listener,
            LongConsumer quarantined) {
        this.site = site;
        this.stream = stream;
        this.words = words;
        this.console = console;
        this.listener = listener;
        this.quarantined = quarantined;
    }

    StreamingQuery start() {
        SparkSession session = session(site);
        session.streams().addListener(listener);
        Topics topics = new Topics(site);
        stream.topics().forEach(topic -> topics.requireReadable(stream.name(), topic));
        Configuration hadoop = site.session().sparkContext().hadoopConfiguration();
        Checkpoint checkpoint = new Checkpoint(site.checkpoint(stream.name()), hadoop);
        Optional<Begun> begun = checkpoint.find();
        // The state of a query has the types of its events: those of its beginning, whatever is registered later.
        Map<String, String> schemas = begun.filter(Begun::stateful)
                .map(Begun::schemas)
                .filter(known -> known.keySet().containsAll(stream.topics()))
                .orElseGet(() -> new ReaderSchemas(site).load(stream));
        BadEvents bad = new BadEvents();
        session.sparkContext().register(bad, "undecodable events of " + stream.name());
        new Inputs(site, session, stream, bad).asStreams(schemas);
        StreamQuery query = new StreamQuery(stream, words);
        Dataset<Row> rows = query.rows(session);
        Begun now = follow(begun, query, rows, schemas);
        StreamOutput output = output(session, rows, now.run());
        DataStreamWriter<Row> writer = rows.writeStream()
                .outputMode(stream.mode().name().toLowerCase(Locale.ROOT))
                .trigger(trigger())
                .option("checkpointLocation", checkpoint.location());
        Quarantine quarantine = new Quarantine(site.quarantine(stream.name()), hadoop);
        VoidFunction2<Dataset<Row>, Long> batches = (batch, id) -> {
            bad.reset();
            output.write(batch, id);
            List<BadEvent> undecodable = bad.value();
            // Before the batch counts as done: a crash between may write it again, never lose it.
            quarantine.write(now.run(), id, undecodable);
            quarantined.accept(undecodable.size());
        };
        // Once it is noted, Spark's checkpoint may be there.
        if (!begun.equals(Optional.of(now))) {
            checkpoint.write(now);
        }
        try {
            return writer.foreachBatch(batches).start();
        } catch (Exception e) { // AnalysisException is checked, which Scala does not declare.
            if (begun.isEmpty()) {
                checkpoint.delete();
            }
            throw query.refusal(e);
        }
    }

    /** A session of a stream's own. */
    static SparkSession session(StreamSite site) {
        SparkSession session = site.session().newSession();
        session.conf().set("spark.sql.datetime.java8API.enabled", true);
        // What a stream leaves on storage would else be every file of its last hundred batches.
        session.conf().set("spark.sql.streaming.minBatchesToRetain", 10);
        if (isLocal(site)) {
            // Spark's own choice starts a program for each look at a file there, a hundred for two batches with state.
            session.conf()
                    .set(
                            "spark.sql.streaming.checkpointFileManagerClass",
                            FileSystemBasedCheckpointFileManager.class.getName());
        }
        return session;
    }

    private static boolean isLocal(StreamSite site) {
        String scheme = new Path(site.checkpoints()).toUri().getScheme();
        return scheme == null || scheme.equals("file");
    }

    /** Whether what was begun can go on. */
    private Begun follow(Optional<Begun> begun, StreamQuery query, Dataset<Row> rows, Map<String, String> schemas) {
        boolean stateful = StreamQuery.isStateful(rows);
        String logic = query.logic(stateful);
        if (begun.isEmpty()) {
            return Begun.now(logic, stateful, schemas);
        }
        Begun before = begun.orElseThrow();
        if (before.stateful() != stateful || !before.logic().equals(logic)) {
            throw new RefusedException(
                    409,
                    "STREAM_CHANGED",
                    "Cannot start stream '" + stream.name() + "' where it stopped: its "
                            + (before.stateful() || stateful ? "SQL, inputs or mode" : "topics")
                            + " have changed, and what it remembers is of the old ones. Take the change back, or begin"
                            + " anew with: tarn stream start " + stream.name() + " --reset");
        }
        return new Begun(before.run(), logic, stateful, schemas);
    }

    private StreamOutput output(SparkSession session, Dataset<Row> rows, String run) {
        StreamDefinition.Output target = stream.output();
        if (target instanceof TopicTarget topic) {
            return new TopicOutput(site, stream.name(), topic, rows.schema());
        }
        if (target instanceof TableTarget table) {
            return new TableOutput(site, session, stream, table, rows.schema(), run);
        }
        if (target instanceof FilesTarget files) {
            return new FilesOutput(site, files, stream.mode());
        }
        if (target instanceof ConsoleTarget) {
            return console;
        }
        throw new IllegalArgumentException("unknown output " + target);
    }

    private Trigger trigger() {
        if (stream.trigger() instanceof Every every) {
            return Trigger.ProcessingTime(every.millis(), TimeUnit.MILLISECONDS);
        }
        if (stream.trigger() instanceof Continuous) {
            // Not Spark's own continuous processing, which knows neither groups nor joins, and no batch to commit.
            return Trigger.ProcessingTime(0);
        }
        return stream.trigger() instanceof Once ? Trigger.Once() : Trigger.AvailableNow();
    }
}

package dev.tarn.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.bench.SalesWriter.Mark;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * The command {@code bench/handmade}: what people would use otherwise. Debezium and Kafka are those of a lake, whose own sinks
 * stand still; a program of Spark upserts the topic's changes into a table of Hudi. The same rows, changes and measures as
 * {@code copies}, {@code changes} and {@code freshness} have.
 */
public final class HandMade {
    private static final String TOPIC = DebeziumSnapshot.TOPIC;
    private static final int PER_TRANSACTION = 10;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final BenchLake lake;
    private final ConnectWorker worker;
    private final ProcessMeter kafka;
    private final Options options;

    private HandMade(BenchLake lake, Options options) {
        this.lake = lake;
        this.worker = lake.worker();
        this.kafka = lake.meter();
        this.options = options;
    }

    /** A commit of the program: it has all records of the topic before an offset. */
    private record Batch(long offset, long committedMillis, long rows) {
        static Batch of(String line) {
            long[] numbers = Arrays.stream(line.split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Batch(numbers[0], numbers[1], numbers[2]);
        }
    }

    /** Exits with 5 if the table was not equal to its source. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("changes", "300000");
        known.put("times", "1");
        known.put("rate", "500");
        known.put("seconds", "180");
        known.put("index", "RECORD_INDEX");
        known.put("seed", "1");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, HandMade::measure);
    }

    private static int measure(Options options) throws Exception {
        Report report = Report.about("handmade", options);
        try (BenchLake lake = BenchLake.throughKafka(options.isOn("keep"))) {
            HandMade bench = new HandMade(lake, options);
            boolean equal = bench.measure(report);
            report.put("equal", equal).put("loadAfter", Machine.load());
            report.publish(options);
            return equal ? 0 : Command.UNEQUAL;
        }
    }

    private boolean measure(Report report) throws Exception {
        int rows = options.number("rows");
        try (Connection connection = lake.connect()) {
            Progress.say("loads %,d rows into the source", rows);
            SalesTable.load(connection, rows);
            report.put("debeziumSnapshot", DebeziumSnapshot.measure(lake, kafka, connection, rows));
        }
        LiveIds ids = new LiveIds(rows, 0, 1);
        try (SalesWriter writer = SalesWriter.open(lake.connect(), ids, options.number("seed"));
                SparkProgram program = start()) {
            ProcessMeter spark = ProcessMeter.start(List.of("spark"), name -> program.pid());
            long loaded = System.nanoTime();
            program.ask("load");
            double seconds = (System.nanoTime() - loaded) / 1e9;
            report.put(
                    "firstCopyFromKafka",
                    new Report()
                            .put("seconds", seconds)
                            .put("rowsPerSecond", rows / seconds)
                            .put("used", spark.end()));
            Progress.say("first copy from Kafka: %.1f s, %,.0f rows/s", seconds, rows / seconds);
            report.put("debeziumChanges", debezium(writer));
            program.ask("start");
            awaitOffset(program, worker.end(TOPIC));
            report.put("backlog", backlogs(writer, program, spark));
            report.put("steady", steady(writer, program, spark));
            program.ask("stop");
            spark.close();
            return isEqual(program);
        } finally {
            kafka.close();
        }
    }

    private SparkProgram start() throws IOException, InterruptedException {
        Path folder = lake.directory().resolve("handmade");
        Files.createDirectories(folder);
        HttpResponse<String> schema = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(lake.registry() + "/apis/ccompat/v7/subjects/" + TOPIC
                                        + "-value/versions/latest"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        Path file = Files.writeString(
                folder.resolve("schema.avsc"),
                String.valueOf(JSON.std.mapFrom(schema.body()).get("schema")));
        return SparkProgram.start(
                "HandMade.java",
                "2g",
                folder,
                List.of(
                        lake.bootstrap(),
                        TOPIC,
                        file.toString(),
                        folder.toString(),
                        options.text("index").orElseThrow()));
    }

    /** How fast Debezium alone brings changes into Kafka. */
    private Report debezium(SalesWriter writer) throws Exception {
        long end = worker.end(TOPIC);
        long resumed = changeWhileStopped(writer);
        worker.awaitEnd(TOPIC, end + options.number("changes"));
        double seconds = (System.currentTimeMillis() - resumed) / 1000.0;
        double rate = options.number("changes") / seconds;
        Progress.say("Debezium alone: %.1f s, %,.0f changes/s", seconds, rate);
        return new Report()
                .put("secondsFromResume", seconds)
                .put("changesPerSecond", rate)
                .put("used", kafka.end())
                .put("load", Machine.load());
    }

    /** Makes the changes while nobody reads, and lets Debezium read: since when, in milliseconds since 1970. */
    private long changeWhileStopped(SalesWriter writer) throws Exception {
        Progress.say("backlog: %,d changes", options.number("changes"));
        SourceConnector connector = lake.connector();
        connector.stop();
        for (int i = 0; i < options.number("changes") / PER_TRANSACTION; i++) {
            writer.commit(PER_TRANSACTION);
        }
        kafka.begin();
        long resumed = System.currentTimeMillis();
        connector.resume();
        return resumed;
    }

    private Report backlogs(SalesWriter writer, SparkProgram program, ProcessMeter spark) throws Exception {
        List<Double> rates = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Object> each = new ArrayList<>();
        for (int i = 0; i < options.number("times"); i++) {
            Report one = backlog(writer, program, spark, rates);
            cpu.add((spark.secondsOf("spark") + kafka.secondsOf("collect")) * 1e6 / options.number("changes"));
            each.add(one.fields());
        }
        return new Report()
                .put("changesPerSecond", Percentiles.median(rates))
                .put("cpuSecondsPerMillion", Percentiles.median(cpu))
                .put("each", each);
    }

    private Report backlog(SalesWriter writer, SparkProgram program, ProcessMeter spark, List<Double> rates)
            throws Exception {
        long end = worker.end(TOPIC);
        spark.begin();
        long resumed = changeWhileStopped(writer);
        Batch reached = awaitOffset(program, end + options.number("changes"));
        double seconds = (reached.committedMillis() - resumed) / 1000.0;
        double rate = options.number("changes") / seconds;
        rates.add(rate);
        Progress.say("by hand: %.1f s, %,.0f changes/s", seconds, rate);
        return new Report()
                .put("secondsFromResumeToEqual", seconds)
                .put("changesPerSecond", rate)
                .put("used", spark.end())
                .put("usedByKafka", kafka.end())
                .put("load", Machine.load());
    }

    private Report steady(SalesWriter writer, SparkProgram program, ProcessMeter spark) throws Exception {
        int rate = options.number("rate");
        int seconds = options.number("seconds");
        Progress.say("%,d changes/s for %,d s", rate, seconds);
        long end = worker.end(TOPIC);
        long before = writer.made();
        spark.begin();
        kafka.begin();
        List<Mark> marks = new SteadyChanges(rate, seconds).make(writer, mark -> {});
        awaitOffset(program, end + marks.get(marks.size() - 1).changes() - before);
        List<Batch> batches = batches(program);
        List<Long> millis = new ArrayList<>();
        for (Mark mark : marks) {
            long offset = end + mark.changes() - before;
            Batch batch = batches.stream()
                    .filter(each -> each.offset() >= offset)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("no batch has " + mark));
            millis.add(batch.committedMillis() - mark.committedMillis());
        }
        Percentiles visible = Percentiles.of(millis);
        Progress.say("by hand: visible p50 %.0f ms, p99 %.0f ms", visible.at(50), visible.at(99));
        return new Report()
                .put("millis", visible.report())
                .put("used", spark.end())
                .put("usedByKafka", kafka.end())
                .put("load", Machine.load());
    }

    private static List<Batch> batches(SparkProgram program) {
        return program.batches().stream().map(Batch::of).toList();
    }

    private static Batch awaitOffset(SparkProgram program, long offset) {
        return Awaitility.await("offset " + offset)
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(
                        () -> batches(program).stream()
                                .filter(batch -> batch.offset() >= offset)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private boolean isEqual(SparkProgram program) throws Exception {
        Progress.say("compares every value of both sides");
        List<String> source;
        try (Connection connection = lake.connect()) {
            source = SalesTable.sourceSums(connection);
        }
        String copy = program.ask("query " + SalesTable.sums("sales"));
        boolean equal = copy.equals(String.join(" ", source));
        if (!equal) {
            Progress.say("NOT EQUAL: source %s, table %s", source, copy);
        }
        return equal;
    }
}

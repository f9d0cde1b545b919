package dev.tarn.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The command {@code bench/streams}: events a second through a stream that joins, sums by window and publishes, and as a batch,
 * beside a bare Spark program with the same SQL on the same topic. The two take turns in one run.
 */
public final class Streams {
    private static final List<String> COUNTRIES =
            List.of("India", "China", "Mexico", "Brazil", "Japan", "Nigeria", "Poland", "Peru", "Chad", "Nauru");
    private static final String SCHEMA = """
            {"type": "record", "name": "sale", "fields": [
              {"name": "payment_id", "type": "long"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2}},
              {"name": "country", "type": "string"}]}
            """;
    private static final String REGIONS = """
            country,region
            India,Asia
            China,Asia
            Japan,Asia
            Mexico,Americas
            Brazil,Americas
            Peru,Americas
            Nigeria,Africa
            Chad,Africa
            Poland,Europe
            """;
    private static final String SQL = """
            SELECT date_format(window.start, 'yyyy-MM-dd HH:mm') AS window_start,
                   coalesce(region, 'Unassigned') AS region, sum(amount) AS sales, count(*) AS orders
            FROM sales LEFT JOIN regions ON sales.country = regions.country
            GROUP BY window(timestamp, '10 minutes', '5 minutes'), coalesce(region, 'Unassigned')
            """;

    private final BenchLake lake;
    private final Options options;

    private Streams(BenchLake lake, Options options) {
        this.lake = lake;
        this.options = options;
    }

    /** Prints the report. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("events", "1000000");
        known.put("times", "3");
        known.put("seed", "1");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, Streams::measure);
    }

    private static int measure(Options options) throws Exception {
        Report report = Report.about("streams", options);
        try (BenchLake lake = BenchLake.withoutSources(options.isOn("keep"))) {
            Streams bench = new Streams(lake, options);
            bench.publish(report);
            try (SparkProgram bare = bench.startBare()) {
                bench.compare(bare, report);
            }
            report.put("loadAfter", Machine.load());
            report.publish(options);
        }
        return 0;
    }

    /** Sales of ten seconds of their own time in a thousand events. */
    private void publish(Report report) throws IOException {
        write("schemas/sales-value.avsc", SCHEMA);
        write("schemas/regions.avsc", """
                {"type": "record", "name": "region", "fields": [
                  {"name": "country", "type": "string"}, {"name": "region", "type": "string"}]}
                """);
        write("data/regions.csv", REGIONS);
        write("data/query.sql", SQL);
        Path file = lake.directory().resolve("data/sales.csv");
        Random random = new Random(options.number("seed"));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("payment_id,amount,country\n");
            for (int i = 0; i < options.number("events"); i++) {
                out.write(i + "," + random.nextInt(100) + "." + (10 + random.nextInt(90)) + ","
                        + COUNTRIES.get(random.nextInt(COUNTRIES.size())) + "\n");
            }
        }
        Progress.say("publishes %,d events", options.number("events"));
        long start = System.nanoTime();
        lake.tarn("replay", file.toString(), "--topic", "sales", "--step", "10ms", "--start", "2021-09-08T00:00:00Z");
        report.put("replayEventsPerSecond", options.number("events") / seconds(start));
    }

    private void compare(SparkProgram bare, Report report) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> oursAsBatch = new ArrayList<>();
        List<Double> theirsAsBatch = new ArrayList<>();
        // The first round warms both up.
        for (int round = 0; round <= options.number("times"); round++) {
            double theirRate = stream(bare, "bare_" + round);
            double ourRate = stream("tarn_" + round);
            double theirBatch = options.number("events") * 1000.0 / batchMillis(bare);
            double ourBatch = batch("tarn_" + round);
            Progress.say(
                    "events/s: stream %,.0f, bare %,.0f; batch %,.0f, bare %,.0f",
                    ourRate, theirRate, ourBatch, theirBatch);
            if (round > 0) {
                ours.add(ourRate);
                theirs.add(theirRate);
                oursAsBatch.add(ourBatch);
                theirsAsBatch.add(theirBatch);
            }
        }
        report.put("streamEventsPerSecond", ours)
                .put("bareStreamEventsPerSecond", theirs)
                .put("streamRatio", Percentiles.median(ours) / Percentiles.median(theirs))
                .put("batchEventsPerSecond", oursAsBatch)
                .put("bareBatchEventsPerSecond", theirsAsBatch)
                .put("batchRatio", Percentiles.median(oursAsBatch) / Percentiles.median(theirsAsBatch));
    }

    private double stream(String name) throws IOException {
        write("streams/" + name + ".yaml", """
                inputs:
                  sales: {topic: sales, watermark: 10 min}
                  regions: {file: data/regions.csv, schema: regions}
                sql: |
                %soutput: {topic: %s, key: [window_start, region]}
                mode: update
                max-events: %d
                """.formatted(SQL.indent(2), name, options.number("events")));
        lake.tarn("stream", "run", name, "--until-caught-up");
        Map<String, Object> shown = JSON.std.mapFrom(lake.tarn("stream", "show", name, "--output", "json"));
        long events = ((Number) shown.getOrDefault("events", 0)).longValue();
        if (events != options.number("events")) {
            throw new IllegalStateException("stream " + name + " read " + events + " events");
        }
        // All came in the first batch.
        return events * 1000.0 / ((Number) shown.getOrDefault("batchMillis", 0)).longValue();
    }

    private double batch(String name) {
        long start = System.nanoTime();
        lake.tarn("stream", "run", name, "--batch", "--timeout", "600");
        return options.number("events") / seconds(start);
    }

    private void write(String file, String text) throws IOException {
        Path path = lake.directory().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private SparkProgram startBare() throws IOException, InterruptedException {
        Path data = lake.directory().resolve("data");
        return SparkProgram.start(
                "BareStream.java",
                "1g",
                data,
                List.of(
                        lake.bootstrap(),
                        lake.directory().resolve("schemas/sales-value.avsc").toString(),
                        data.resolve("regions.csv").toString(),
                        data.resolve("query.sql").toString(),
                        data.resolve("checkpoints").toString()));
    }

    /** Events a second. */
    private static double stream(SparkProgram bare, String topic) throws IOException, InterruptedException {
        String[] words = bare.ask("stream " + topic).split(" ", -1);
        return Long.parseLong(words[0]) * 1000.0 / Long.parseLong(words[1]);
    }

    private static long batchMillis(SparkProgram bare) throws IOException, InterruptedException {
        return Long.parseLong(bare.ask("batch").split(" ", -1)[1]);
    }
}

package dev.tarn.bench;

import dev.tarn.bench.postgres.BareCopy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The command {@code bench/copies}: the first copy of a table into the lake, beside the limit, which is COPY and one file of
 * Parquet, and beside what Debezium's snapshot needs to bring the same rows into Kafka. Lakes in turn, in one run.
 */
public final class Copies {
    private static final String TOPIC = "bench.public.sales";
    private static final String CONNECTOR = "bench-" + BenchLake.SOURCE;

    private final Options options;
    private final int rows;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> loading = new ArrayList<>();
    private final List<Double> limit = new ArrayList<>();
    private final List<Double> kafka = new ArrayList<>();
    private boolean equal = true;

    private Copies(Options options) {
        this.options = options;
        this.rows = options.number("rows");
    }

    /** Exits with 5 if a lake was not equal to its source. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("times", "1");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, options -> new Copies(options).measure());
    }

    private int measure() throws Exception {
        Report report = Report.about("copies", options);
        List<Object> copies = new ArrayList<>();
        List<Object> snapshots = new ArrayList<>();
        for (int i = 0; i < options.number("times"); i++) {
            copies.add(straight().fields());
            snapshots.add(intoKafka().fields());
        }
        report.put("straight", copies).put("debeziumIntoKafka", snapshots);
        report.put("straightRowsPerSecond", Percentiles.median(ours))
                .put("ofThatLoadingRowsPerSecond", Percentiles.median(loading))
                .put("limitRowsPerSecond", Percentiles.median(limit))
                .put("debeziumIntoKafkaRowsPerSecond", Percentiles.median(kafka))
                .put("partOfTheLimit", Percentiles.median(loading) / Percentiles.median(limit))
                .put("timesDebezium", Percentiles.median(loading) / Percentiles.median(kafka))
                .put("loadAfter", Machine.load());
        report.publish(options);
        return equal ? 0 : Command.UNEQUAL;
    }

    /** From the moment that the source has the table; the limit has the table when the lake is done with it. */
    private Report straight() throws Exception {
        try (Trial trial = Trial.start(options)) {
            Report copy = trial.firstCopy(rows);
            equal &= trial.isEqual();
            ours.add(((Number) copy.fields().getOrDefault("rowsPerSecond", 0)).doubleValue());
            long commit = trial.timeline().commits().stream()
                    .mapToLong(TableEvent::tookMillis)
                    .sum();
            loading.add(rows * 1_000.0 / commit);
            try (Connection connection = trial.lake().connect()) {
                double seconds = BareCopy.seconds(connection, rows);
                limit.add(rows / seconds);
                Progress.say("the limit: %.1f s, %,.0f rows/s", seconds, rows / seconds);
                return copy.put("commitsTookMillis", commit).put("limitSeconds", seconds);
            }
        }
    }

    private Report intoKafka() throws Exception {
        try (BenchLake lake = BenchLake.throughKafka(options.isOn("keep"));
                ProcessMeter meter = lake.meter();
                Connection connection = lake.connect()) {
            Progress.say("loads %,d rows into the source", rows);
            SalesTable.load(connection, rows);
            ConnectWorker worker = lake.worker();
            meter.begin();
            SalesTable.show(connection);
            // Nothing shall read the topic meanwhile.
            worker.stopWhenItAppears(CONNECTOR + ".table.sales");
            worker.stopWhenItAppears(CONNECTOR + ".raw");
            Awaitility.await("the first row").atMost(Duration.ofMinutes(2)).until(() -> worker.end(TOPIC) > 0);
            long before = worker.end(TOPIC);
            long start = System.nanoTime();
            Awaitility.await("all rows")
                    .atMost(Duration.ofHours(1))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> worker.end(TOPIC) >= rows);
            double seconds = (System.nanoTime() - start) / 1e9;
            double rate = (rows - before) / seconds;
            kafka.add(rate);
            Progress.say("Debezium into Kafka: %.1f s, %,.0f rows/s", seconds, rate);
            return new Report()
                    .put("seconds", seconds)
                    .put("rowsPerSecond", rate)
                    .put("used", meter.end())
                    .put("load", Machine.load());
        }
    }
}

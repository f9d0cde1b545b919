package dev.tarn.bench;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code bench/copies}: the first copy of a table into the lake, beside the limit, which is COPY and one file of
 * Parquet, and beside what Debezium's snapshot needs to bring the same rows into Kafka. Lakes in turn, in one run.
 */
public final class Copies {
    private final Options options;
    private final int rows;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> loading = new ArrayList<>();
    private final List<Double> limit = new ArrayList<>();
    private final List<Double> kafka = new ArrayList<>();
    private final List<Double> oursPerCpu = new ArrayList<>();
    private final List<Double> kafkaPerCpu = new ArrayList<>();
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
        known.put("snapshots", "3");
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
            if (i < options.number("snapshots")) {
                snapshots.add(intoKafka().fields());
            }
        }
        report.put("straight", copies).put("debeziumIntoKafka", snapshots);
        report.put("straightRowsPerSecond", Percentiles.median(ours))
                .put("ofThatLoadingRowsPerSecond", Percentiles.median(loading))
                .put("limitRowsPerSecond", Percentiles.median(limit))
                .put("debeziumIntoKafkaRowsPerSecond", Percentiles.median(kafka))
                .put("straightRowsPerCpuSecond", Percentiles.median(oursPerCpu))
                .put("debeziumIntoKafkaRowsPerCpuSecond", Percentiles.median(kafkaPerCpu))
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
            oursPerCpu.add(rowsPerCpuSecond(copy));
            ours.add(((Number) copy.fields().getOrDefault("rowsPerSecond", 0)).doubleValue());
            long commit = trial.timeline().commits().stream()
                    .mapToLong(TableEvent::tookMillis)
                    .sum();
            loading.add(rows * 1_000.0 / commit);
            double seconds = trial.lake().bareCopySeconds(rows);
            limit.add(rows / seconds);
            Progress.say("the limit: %.1f s, %,.0f rows/s", seconds, rows / seconds);
            return copy.put("commitsTookMillis", commit).put("limitSeconds", seconds);
        }
    }

    /** Of the lake's process and the database together. */
    private double rowsPerCpuSecond(Report copy) {
        if (copy.fields().get("used") instanceof Map<?, ?> used
                && used.get("cpuSeconds") instanceof Map<?, ?> seconds) {
            double sum = 0;
            for (String process : List.of("collect", "postgres")) {
                sum += seconds.get(process) instanceof Number number ? number.doubleValue() : 0;
            }
            return rows / sum;
        }
        return Double.NaN;
    }

    private Report intoKafka() throws Exception {
        try (BenchLake lake = BenchLake.throughKafka(options.isOn("keep"));
                ProcessMeter meter = lake.meter();
                Connection connection = lake.connect()) {
            Progress.say("loads %,d rows into the source", rows);
            SalesTable.load(connection, rows);
            Report copy = DebeziumSnapshot.measure(lake, meter, connection, rows);
            kafka.add(((Number) copy.fields().getOrDefault("rowsPerSecond", 0)).doubleValue());
            kafkaPerCpu.add(rowsPerCpuSecond(copy));
            return copy;
        }
    }
}

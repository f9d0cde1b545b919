package dev.tarn.bench;

import dev.tarn.model.TarnException;
import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Column;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.Offsets;
import dev.tarn.store.Operation;
import dev.tarn.store.RefusedChanges;
import dev.tarn.store.Row;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.TopicPartition;
import dev.tarn.store.hudi.HudiTableWriter;
import dev.tarn.testing.fixtures.LakeRunner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * The command {@code bench/writer}: the writer of tables by itself, without database, Kafka and Spark. Commits of
 * several sizes, a thousand commits in a row, many mixed changes, and opening the table anew.
 */
public final class WriterBench {
    private static final Columns COLUMNS = Columns.of(
            new Column("id", Scalar.LONG),
            new Column("a", Scalar.INT),
            new Column("b", Scalar.LONG),
            new Column("c", Scalar.STRING),
            new Column("d", Scalar.STRING),
            new Column("e", Scalar.DOUBLE),
            new Column("f", Scalar.STRING),
            new Column("g", Scalar.INT),
            new Column("p", Scalar.STRING),
            new Column("at", Scalar.LONG));
    private static final int LOAD_BATCH = 50_000;
    /** As the sink does it. */
    private static final int COPY = 1_000_000;

    private static final int WARM_UP = 3;
    private static final int REPEATS = 20;
    private static final int WINDOW = 100;

    private final TableDescription table;
    private final TableWriterSettings settings;
    private final Options options;
    private final int rows;
    private final Random random = new Random(1);
    private long lsn = 1;
    private long nextOffset;
    private int nextId;

    private WriterBench(Path folder, Options options) {
        this.options = options;
        this.rows = options.number("rows");
        this.nextId = rows;
        this.table = TableDescription.of(
                        "bench", "sales", folder.resolve("sales").toUri(), "id")
                .partitionedBy("p")
                .as(TableType.valueOf(options.text("type").orElseThrow()))
                .in(TableVersion.valueOf(options.text("version").orElseThrow()));
        this.settings = TableWriterSettings.defaults(folder.resolve("spill"));
    }

    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("changes", "300000");
        known.put("batch", "10000");
        known.put("commits", "1200");
        known.put("partitions", "8");
        known.put("type", "MERGE_ON_READ");
        known.put("version", "SIX");
        known.put("out", "");
        Command.run(words, known, WriterBench::measure);
    }

    private static int measure(Options options) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tarn-bench-writer-");
        try {
            new WriterBench(folder, options).run().publish(options);
            return 0;
        } finally {
            LakeRunner.delete(folder);
        }
    }

    private Report run() throws IOException, InterruptedException {
        Report report = Report.about("writer", options);
        try (HudiTableWriter writer = open()) {
            report.put("load", load(writer));
            List<Object> batches = new ArrayList<>();
            for (int size : new int[] {1, 100, 1_000, 10_000}) {
                batches.add(batches(writer, size).fields());
            }
            report.put("batches", batches);
            report.put("mixed", mixed(writer));
            report.put("flat", flat(writer));
        }
        report.put("open", reopen());
        return report.put("highWaterMiB", highWater()).put("loadAfter", Machine.load());
    }

    private HudiTableWriter open() {
        return HudiTableWriter.open(table, settings, new Configuration());
    }

    private Report load(HudiTableWriter writer) {
        Progress.say("loads %,d rows", rows);
        double writing = cpuMillis("tarn-bench");
        double all = ProcessMeter.ofThisProcess();
        long start = System.nanoTime();
        for (int from = 0; from < rows; from += LOAD_BATCH) {
            List<Change> changes = new ArrayList<>(LOAD_BATCH);
            for (int id = from; id < Math.min(rows, from + LOAD_BATCH); id++) {
                changes.add(change(Operation.READ, id));
            }
            writer.copy(batch(changes), RefusedChanges.NOT_ALLOWED);
            if ((from + LOAD_BATCH) % COPY == 0) {
                writer.endCopy();
            }
        }
        writer.endCopy();
        double millis = millisSince(start);
        return new Report()
                .put("rows", rows)
                .put("millis", millis)
                .put("rowsPerSecond", rows / millis * 1000)
                .put("writerCpuMicrosPerRow", (cpuMillis("tarn-bench") - writing) * 1e3 / rows)
                .put("processCpuMicrosPerRow", (ProcessMeter.ofThisProcess() - all) * 1e6 / rows);
    }

    private Report batches(HudiTableWriter writer, int size) {
        Progress.say("commits of %,d changes", size);
        double[] millis = new double[REPEATS];
        for (int i = -WARM_UP; i < REPEATS; i++) {
            List<Change> changes = updates(size);
            long start = System.nanoTime();
            commit(writer, changes);
            if (i >= 0) {
                millis[i] = millisSince(start);
            }
        }
        Percentiles spread = Percentiles.of(millis);
        return new Report()
                .put("changes", size)
                .put("millis", spread.report())
                .put("changesPerSecond", size / spread.at(50) * 1000);
    }

    private Report mixed(HudiTableWriter writer) {
        int total = options.number("changes");
        int batch = options.number("batch");
        Progress.say("%,d mixed changes in commits of %,d", total, batch);
        List<List<Change>> batches = new ArrayList<>();
        for (int from = 0; from < total; from += batch) {
            List<Change> changes = new ArrayList<>(batch);
            for (int i = 0; i < Math.min(batch, total - from); i++) {
                int dice = random.nextInt(10);
                if (dice < 5) {
                    changes.add(change(Operation.UPDATE, random.nextInt(rows)));
                } else if (dice < 8) {
                    changes.add(change(Operation.CREATE, nextId++));
                } else {
                    changes.add(change(Operation.DELETE, random.nextInt(rows)));
                }
            }
            batches.add(changes);
        }
        long start = System.nanoTime();
        batches.forEach(changes -> commit(writer, changes));
        double millis = millisSince(start);
        return new Report()
                .put("changes", total)
                .put("batch", batch)
                .put("millis", millis)
                .put("changesPerSecond", total / millis * 1000);
    }

    /** Commits of 500 changes, told by the hundred. */
    private Report flat(HudiTableWriter writer) {
        int commits = options.number("commits");
        Progress.say("%,d commits of 500 changes", commits);
        List<Object> windows = new ArrayList<>();
        double[] millis = new double[WINDOW];
        double writing = cpuMillis("tarn-bench");
        double maintaining = cpuMillis("tarn-maintenance");
        for (int i = 0; i < commits; i++) {
            List<Change> changes = updates(500);
            long start = System.nanoTime();
            commit(writer, changes);
            millis[i % WINDOW] = millisSince(start);
            if (i % WINDOW == WINDOW - 1) {
                Percentiles spread = Percentiles.of(millis);
                windows.add(new Report()
                        .put("commits", i + 1)
                        .put("p50", spread.at(50))
                        .put("p90", spread.at(90))
                        .put("max", spread.at(100))
                        .put("writerCpuMillisPerCommit", (cpuMillis("tarn-bench") - writing) / WINDOW)
                        .put("maintenanceCpuMillisPerCommit", (cpuMillis("tarn-maintenance") - maintaining) / WINDOW)
                        .fields());
                writing = cpuMillis("tarn-bench");
                maintaining = cpuMillis("tarn-maintenance");
            }
        }
        return new Report().put("changesPerCommit", 500).put("windows", windows);
    }

    private Report reopen() throws InterruptedException {
        Progress.say("opens the table anew");
        while (true) {
            long start = System.nanoTime();
            try (HudiTableWriter writer = open()) {
                double millis = millisSince(start);
                long keys = writer.status().keys();
                return new Report()
                        .put("keys", keys)
                        .put("millis", millis)
                        .put("keysPerSecond", keys / millis * 1000)
                        .put("indexMiB", writer.status().indexBytes() >> 20);
            } catch (TarnException e) {
                if (!e.code().equals("STORE_LOCKED")) {
                    throw e;
                }
                // A compaction of the writer before still runs.
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private List<Change> updates(int size) {
        List<Change> changes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            changes.add(change(Operation.UPDATE, random.nextInt(rows)));
        }
        return changes;
    }

    private void commit(HudiTableWriter writer, List<Change> changes) {
        writer.commit(batch(changes));
    }

    private ChangeBatch batch(List<Change> changes) {
        nextOffset += changes.size();
        return new ChangeBatch(changes, new Offsets(Map.of(new TopicPartition("t", 0), nextOffset)), lsn);
    }

    private Change change(Operation operation, int id) {
        long position = lsn++;
        Row row = Row.of(
                COLUMNS,
                (long) id,
                id * 31,
                position * 1234567L,
                "name-" + position % 100_000,
                "city" + id % 1000,
                position / 7.0,
                "free text " + Long.toHexString(position * 0x9E3779B97F4A7C15L),
                id % 100,
                "p" + id % options.number("partitions"),
                position);
        return Change.of(operation, row, position, position);
    }

    /** CPU time of the threads with such a name: unlike time on the clock, not at the mercy of other programs. */
    private static double cpuMillis(String threadPrefix) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(threadPrefix)) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1e6;
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static long highWater() {
        return ProcessMeter.status(ProcessHandle.current().pid(), "VmHWM") / 1024;
    }
}

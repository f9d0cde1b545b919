package dev.tarn.store.bench;

import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Column;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.Offsets;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.TopicPartition;
import dev.tarn.store.hudi.HudiTableWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * Measures a writer by itself and prints one JSON object a line.
 *
 * <p>Arguments: a folder, the kind ({@code batches}, {@code mixed} or {@code flat}), rows, then for {@code flat} the
 * number of commits. System properties {@code type}, {@code version} and {@code partitions} choose the table.
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
    private static final int PARTITIONS = Integer.getInteger("partitions", 8);

    private final TableDescription table;
    private final TableWriterSettings settings;
    private final int rows;
    private final Random random = new Random(1);
    private long lsn = 1;
    private long nextOffset;

    private WriterBench(Path folder, int rows) {
        this.rows = rows;
        this.table = TableDescription.of(
                        "bench", "sales", folder.resolve("sales").toUri(), "id")
                .partitionedBy("p")
                .as(TableType.valueOf(System.getProperty("type", "MERGE_ON_READ")))
                .in(TableVersion.valueOf(System.getProperty("version", "SIX")));
        this.settings = TableWriterSettings.defaults(folder.resolve("spill"));
    }

    public static void main(String[] args) throws Exception {
        WriterBench bench = new WriterBench(Path.of(args[0]), Integer.parseInt(args[2]));
        switch (args[1]) {
            case "batches" -> bench.batches();
            case "mixed" -> bench.mixed();
            case "flat" -> bench.flat(Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[1]);
        }
        System.exit(0);
    }

    private HudiTableWriter open() {
        return HudiTableWriter.open(table, settings, new Configuration());
    }

    private void load(HudiTableWriter writer) throws IOException {
        int batch = 50_000;
        long start = System.nanoTime();
        for (int from = 0; from < rows; from += batch) {
            List<Change> changes = new ArrayList<>(batch);
            for (int id = from; id < Math.min(rows, from + batch); id++) {
                changes.add(change(Operation.READ, id));
            }
            commit(writer, changes);
        }
        double millis = millisSince(start);
        print("load", "rows", rows, "millis", millis, "rowsPerSecond", rows / millis * 1000, "rssMb", rss());
    }

    private void batches() throws IOException {
        try (HudiTableWriter writer = open()) {
            load(writer);
            for (int size : new int[] {1, 100, 1_000, 10_000}) {
                double[] millis = new double[20];
                for (int i = 0; i < millis.length + 3; i++) {
                    List<Change> changes = updates(size);
                    long start = System.nanoTime();
                    commit(writer, changes);
                    if (i >= 3) {
                        millis[i - 3] = millisSince(start);
                    }
                }
                Arrays.sort(millis);
                print(
                        "batch",
                        "rows",
                        rows,
                        "changes",
                        size,
                        "medianMillis",
                        millis[10],
                        "p90Millis",
                        millis[17],
                        "maxMillis",
                        millis[19],
                        "changesPerSecond",
                        size / millis[10] * 1000);
            }
            print("memory", "rssMb", rss(), "indexMb", writer.status().indexBytes() >> 20);
        }
        reopen();
    }

    private void reopen() throws IOException {
        long start = System.nanoTime();
        try (HudiTableWriter writer = open()) {
            double millis = millisSince(start);
            print("open", "keys", writer.status().keys(), "millis", millis, "rssMb", rss());
        }
    }

    private void mixed() throws IOException {
        try (HudiTableWriter writer = open()) {
            load(writer);
            int batch = Integer.getInteger("batch", 10_000);
            int total = 300_000;
            List<List<Change>> batches = new ArrayList<>();
            int inserted = rows;
            for (int from = 0; from < total; from += batch) {
                List<Change> changes = new ArrayList<>(batch);
                for (int i = 0; i < batch; i++) {
                    int dice = random.nextInt(10);
                    if (dice < 5) {
                        changes.add(change(Operation.UPDATE, random.nextInt(rows)));
                    } else if (dice < 8) {
                        changes.add(change(Operation.CREATE, inserted++));
                    } else {
                        changes.add(change(Operation.DELETE, random.nextInt(rows)));
                    }
                }
                batches.add(changes);
            }
            long start = System.nanoTime();
            for (List<Change> changes : batches) {
                commit(writer, changes);
            }
            double millis = millisSince(start);
            print(
                    "mixed",
                    "changes",
                    total,
                    "batch",
                    batch,
                    "millis",
                    millis,
                    "changesPerSecond",
                    total / millis * 1000,
                    "rssMb",
                    rss());
        }
        reopen();
    }

    private void flat(int commits) throws IOException {
        try (HudiTableWriter writer = open()) {
            load(writer);
            double[] window = new double[100];
            double cpuBefore = cpuMillis("tarn-bench");
            double maintenanceBefore = cpuMillis("tarn-maintenance");
            for (int i = 0; i < commits; i++) {
                List<Change> changes = updates(500);
                long start = System.nanoTime();
                commit(writer, changes);
                window[i % 100] = millisSince(start);
                if (i % 100 == 99) {
                    double[] sorted = window.clone();
                    Arrays.sort(sorted);
                    double cpu = cpuMillis("tarn-bench");
                    double maintenance = cpuMillis("tarn-maintenance");
                    print(
                            "flat",
                            "commits",
                            i + 1,
                            "medianMillis",
                            sorted[50],
                            "p90Millis",
                            sorted[90],
                            "maxMillis",
                            sorted[99],
                            "writerCpuMillisPerCommit",
                            (cpu - cpuBefore) / 100,
                            "maintenanceCpuMillisPerCommit",
                            (maintenance - maintenanceBefore) / 100,
                            "rssMb",
                            rss());
                    cpuBefore = cpu;
                    maintenanceBefore = maintenance;
                }
            }
        }
        reopen();
    }

    private List<Change> updates(int size) {
        List<Change> changes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            changes.add(change(Operation.UPDATE, random.nextInt(rows)));
        }
        return changes;
    }

    private void commit(HudiTableWriter writer, List<Change> changes) {
        nextOffset += changes.size();
        writer.commit(new ChangeBatch(changes, new Offsets(Map.of(new TopicPartition("t", 0), nextOffset)), lsn));
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
                "p" + id % PARTITIONS,
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

    private static long rss() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static void print(String what, Object... namesAndValues) {
        StringBuilder json = new StringBuilder("{\"what\":\"" + what + "\"");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            json.append(",\"").append(namesAndValues[i]).append("\":");
            json.append(value instanceof Double d ? String.format(Locale.ROOT, "%.1f", d) : value);
        }
        System.out.println(json.append('}'));
    }
}

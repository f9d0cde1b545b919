package dev.tarn.bench;

import dev.tarn.bench.SalesWriter.Mark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The command {@code bench/changes}: how fast a lake takes a first copy, how soon it equals its source after many changes
 * made as fast as the database takes them, and how fast it works off changes made while it did not read.
 */
public final class Changes {
    private static final int PER_TRANSACTION = 10;
    private static final long FIRST_MARK = 1_000_000_000_000L;

    private final Trial trial;
    private final int changes;
    private final List<SalesWriter> writers = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private long marks;

    private Changes(Trial trial, int changes) {
        this.trial = trial;
        this.changes = changes;
    }

    /** Exits with 5 if the lake was not equal to its source. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("changes", "300000");
        known.put("times", "1");
        known.put("writers", "1");
        known.put("seed", "1");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, Changes::measure);
    }

    private static int measure(Options options) throws Exception {
        Report report = Report.about("changes", options);
        try (Trial trial = Trial.start(options)) {
            Changes bench = new Changes(trial, options.number("changes"));
            report.put("firstCopy", trial.firstCopy(options.number("rows")));
            try {
                bench.openWriters(options);
                report.put("live", bench.live());
                report.put("backlog", bench.backlogs(options.number("times")));
            } finally {
                bench.closeWriters();
            }
            report.put("collectHighWaterMiB", trial.meter().highWaterMebibytes("collect"));
            report.put("loadAfter", Machine.load());
            report.publish(options);
            return trial.isEqual() ? 0 : Command.UNEQUAL;
        }
    }

    private void openWriters(Options options) throws SQLException {
        int count = options.number("writers");
        for (int i = 0; i < count; i++) {
            LiveIds ids = new LiveIds(options.number("rows"), i, count);
            writers.add(SalesWriter.open(trial.lake().connect(), ids, options.number("seed") + i));
        }
    }

    private void closeWriters() throws SQLException {
        for (SalesWriter writer : writers) {
            writer.close();
        }
    }

    /** The lake reads while the database is changed. */
    private Report live() throws Exception {
        Progress.say("live: %,d changes", changes);
        trial.meter().begin();
        long start = System.currentTimeMillis();
        Mark last = write();
        Report report = written(start, last);
        TableEvent reached = trial.timeline().awaitLsn(last.lsn());
        double behind = (reached.completedMillis() - last.committedMillis()) / 1000.0;
        report.put("secondsFromLastCommitToEqual", behind)
                .put("lakeChangesPerSecond", changes * 1000.0 / (reached.completedMillis() - start));
        trial.finish(report, start, reached.completedMillis());
        Progress.say("the lake was equal %.2f s after the last commit", behind);
        return report;
    }

    private Report backlogs(int times) throws Exception {
        List<Object> each = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            each.add(backlog().fields());
        }
        return new Report()
                .put("lakeChangesPerSecond", Percentiles.median(rates))
                .put("collectCpuSecondsPerMillion", Percentiles.median(cpu))
                .put("each", each);
    }

    /** The lake begins to read when the database has been changed. */
    private Report backlog() throws Exception {
        Progress.say("backlog: %,d changes", changes);
        SourceConnector connector = trial.lake().connector();
        connector.stop();
        long start = System.currentTimeMillis();
        Mark last = write();
        Report report = written(start, last);
        trial.meter().begin();
        long resumed = System.currentTimeMillis();
        connector.resume();
        TableEvent reached = trial.timeline().awaitLsn(last.lsn());
        double seconds = (reached.completedMillis() - resumed) / 1000.0;
        long first = trial.timeline().between(resumed, reached.completedMillis()).stream()
                .filter(TableEvent::isCommit)
                .mapToLong(TableEvent::completedMillis)
                .min()
                .orElseThrow();
        report.put("secondsFromResumeToEqual", seconds)
                .put("secondsFromResumeToFirstCommit", (first - resumed) / 1000.0)
                .put("lakeChangesPerSecond", changes / seconds);
        rates.add(changes / seconds);
        cpu.add(trial.meter().secondsOf("collect") * 1e6 / changes);
        trial.finish(report, resumed, reached.completedMillis());
        Progress.say("the lake took %.1f s, %,.0f changes/s", seconds, changes / seconds);
        return report;
    }

    private Report written(long startMillis, Mark last) {
        double seconds = (last.committedMillis() - startMillis) / 1000.0;
        Progress.say("the database took %,.0f changes/s", changes / seconds);
        return new Report()
                .put("changes", changes)
                .put("perTransaction", PER_TRANSACTION)
                .put("databaseSeconds", seconds)
                .put("databaseChangesPerSecond", changes / seconds);
    }

    /** All writers change at once; the last change comes when all others are made. */
    private Mark write() throws Exception {
        int transactions = changes / PER_TRANSACTION / writers.size();
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (SalesWriter writer : writers) {
                tasks.add(() -> {
                    for (int i = 0; i < transactions; i++) {
                        writer.commit(PER_TRANSACTION);
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }
        return writers.get(0).commitWithMark(0, FIRST_MARK + marks++);
    }
}

package dev.tarn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The command {@code bench/verify}: how long {@code tarn table verify} takes, at rest and while the source changes. */
public final class Verify {
    private static final int PER_TRANSACTION = 10;

    private final Trial trial;
    private final Options options;
    private boolean equal = true;

    private Verify(Trial trial, Options options) {
        this.trial = trial;
        this.options = options;
    }

    /** Exits with 5 if the lake was not equal to its source. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("times", "3");
        known.put("rate", "500");
        known.put("seed", "1");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, Verify::measure);
    }

    private static int measure(Options options) throws Exception {
        Report report = Report.about("verify", options);
        try (Trial trial = Trial.start(options)) {
            Verify bench = new Verify(trial, options);
            report.put("firstCopy", trial.firstCopy(options.number("rows")));
            report.put("atRest", bench.verify());
            report.put("whileTheSourceChanges", bench.verifyUnderLoad());
            report.put("loadAfter", Machine.load());
            report.publish(options);
            return bench.equal && trial.isEqual() ? 0 : Command.UNEQUAL;
        }
    }

    private Report verify() throws IOException, InterruptedException {
        List<Long> millis = new ArrayList<>();
        List<Long> changedMeanwhile = new ArrayList<>();
        for (int i = 0; i < options.number("times"); i++) {
            long start = System.nanoTime();
            Map<String, Object> verdict = trial.client().verify(SalesTable.IN_LAKE);
            millis.add((System.nanoTime() - start) / 1_000_000);
            changedMeanwhile.add(((Number) verdict.getOrDefault("changedMeanwhile", 0)).longValue());
            if (!Boolean.TRUE.equals(verdict.get("equal"))) {
                equal = false;
                Progress.say("NOT EQUAL: %s", verdict);
            }
        }
        Progress.say("verified in %s ms", millis);
        return new Report().put("millis", millis).put("changedMeanwhile", changedMeanwhile);
    }

    private Report verifyUnderLoad() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Long> changes = thread.submit(() -> change(stop));
            Report report = verify();
            stop.set(true);
            return report.put("changes", changes.get());
        } finally {
            stop.set(true);
            thread.shutdown();
        }
    }

    private long change(AtomicBoolean stop) throws Exception {
        LiveIds ids = new LiveIds(options.number("rows"), 0, 1);
        long nanosEach = TimeUnit.SECONDS.toNanos(PER_TRANSACTION) / options.number("rate");
        long changes = 0;
        try (SalesWriter writer = SalesWriter.open(trial.lake().connect(), ids, options.number("seed"))) {
            for (long due = System.nanoTime(); !stop.get(); due += nanosEach) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                writer.commit(PER_TRANSACTION);
                changes += PER_TRANSACTION;
            }
        }
        return changes;
    }
}

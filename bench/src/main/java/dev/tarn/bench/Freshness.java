package dev.tarn.bench;

import dev.tarn.bench.SalesWriter.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;

/**
 * The command {@code bench/freshness}: how long it takes from a commit in the source until a query of the lake shows it,
 * while the source changes at a steady rate.
 */
public final class Freshness {
    private static final int WARM_UP = 5;
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Mark END = new Mark(0, 0, 0, 0);

    private final Trial trial;
    private final int rate;
    private final int seconds;
    /** Gives a mark to who waits for one, just after its commit. */
    private final TransferQueue<Mark> newest = new LinkedTransferQueue<>();

    private Freshness(Trial trial, Options options) {
        this.trial = trial;
        this.rate = options.number("rate");
        this.seconds = options.number("seconds");
    }

    /** Exits with 5 if the lake was not equal to its source. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("rate", "500");
        known.put("seconds", "180");
        known.put("seed", "1");
        known.put("queries", "true");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, Freshness::measure);
    }

    private static int measure(Options options) throws Exception {
        Report report = Report.about("freshness", options);
        try (Trial trial = Trial.start(options)) {
            Freshness bench = new Freshness(trial, options);
            report.put("firstCopy", trial.firstCopy(options.number("rows")));
            report.put("steady", bench.steady(options));
            report.put("collectHighWaterMiB", trial.meter().highWaterMebibytes("collect"));
            report.put("loadAfter", Machine.load());
            report.publish(options);
            return trial.isEqual() ? 0 : Command.UNEQUAL;
        }
    }

    private Report steady(Options options) throws Exception {
        LiveIds ids = new LiveIds(options.number("rows"), 0, 1);
        List<Asked> answers = List.of();
        List<Mark> marks;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        for (int i = 0; i < WARM_UP; i++) {
            find(-1);
        }
        trial.meter().begin();
        long start = System.currentTimeMillis();
        Progress.say("%,d changes/s for %,d s", rate, seconds);
        try (SalesWriter writer = SalesWriter.open(trial.lake().connect(), ids, options.number("seed"))) {
            Future<List<Asked>> asking = options.isOn("queries") ? thread.submit(() -> ask()) : null;
            marks = new SteadyChanges(rate, seconds).make(writer, newest::tryTransfer);
            if (asking != null) {
                thread.shutdown();
                newest.put(END);
                answers = asking.get();
            }
        } finally {
            thread.shutdownNow();
        }
        Mark last = marks.get(marks.size() - 1);
        TableEvent reached = trial.timeline().awaitLsn(last.lsn());
        double took = (last.committedMillis() - start) / 1000.0;
        Report report = new Report()
                .put("databaseChangesPerSecond", seconds * (double) rate / took)
                .put("visible", visible(marks))
                .put("answered", answered(answers));
        trial.finish(report, start, reached.completedMillis());
        return report;
    }

    /** From the source's commit until that commit of the table was complete which has it. */
    private Report visible(List<Mark> marks) {
        List<TableEvent> commits = trial.timeline().commits();
        List<Long> waited = new ArrayList<>();
        List<Long> written = new ArrayList<>();
        List<Long> whole = new ArrayList<>();
        int place = 0;
        for (Mark mark : marks) {
            while (place < commits.size() && commits.get(place).lsn() < mark.lsn()) {
                place++;
            }
            if (place == commits.size()) {
                throw new NoSuchElementException("no commit has " + mark);
            }
            TableEvent commit = commits.get(place);
            waited.add(commit.requestedMillis() - mark.committedMillis());
            written.add(commit.tookMillis());
            whole.add(commit.completedMillis() - mark.committedMillis());
        }
        Report report = new Report()
                .put("millis", Percentiles.of(whole).report())
                .put("untilCommitBeganMillis", Percentiles.of(waited).report())
                .put("commitMillis", Percentiles.of(written).report());
        Progress.say(
                "visible p50 %.0f ms, p99 %.0f ms",
                Percentiles.of(whole).at(50), Percentiles.of(whole).at(99));
        return report;
    }

    /**
     * A row that was asked for until it came.
     *
     * @param afterMillis from the source's commit until the end of the query that gave it
     * @param queryMillis of that query
     * @param queries all of them
     */
    private record Asked(long afterMillis, long queryMillis, long queries) {}

    /** Every five seconds asks for the newest mark until it comes. */
    private List<Asked> ask() throws IOException, InterruptedException {
        List<Asked> asked = new ArrayList<>();
        long due = System.nanoTime();
        for (Mark mark = newest.take(); mark != END; mark = newest.take()) {
            if (System.nanoTime() < due) {
                continue;
            }
            due += ASK_NANOS;
            asked.add(ask(mark));
        }
        return asked;
    }

    private Asked ask(Mark mark) throws IOException, InterruptedException {
        for (int queries = 1; ; queries++) {
            long began = System.currentTimeMillis();
            if (find(mark.id())) {
                long ended = System.currentTimeMillis();
                return new Asked(ended - mark.committedMillis(), ended - began, queries);
            }
        }
    }

    private boolean find(long id) throws IOException, InterruptedException {
        return !trial.client()
                .query("SELECT id, price FROM shop.sales WHERE id = " + id)
                .isEmpty();
    }

    private static Report answered(List<Asked> answers) {
        return new Report()
                .put(
                        "millis",
                        Percentiles.of(answers.stream().map(Asked::afterMillis).toList())
                                .report())
                .put(
                        "lastQueryMillis",
                        Percentiles.of(answers.stream().map(Asked::queryMillis).toList())
                                .report())
                .put("queries", answers.stream().mapToLong(Asked::queries).sum());
    }
}

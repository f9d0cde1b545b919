package dev.tarn.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A running lake with its measuring instruments, and what every command does with it. */
final class Trial implements AutoCloseable {
    private final BenchLake lake;
    private final LakeClient client;
    private final Timeline timeline;
    private final ProcessMeter meter;
    private boolean equal = true;

    private Trial(BenchLake lake) {
        this.lake = lake;
        this.client = lake.client();
        this.timeline = Timeline.follow(client, SalesTable.IN_LAKE);
        this.meter = lake.meter();
    }

    static Trial start(Options options) throws IOException {
        return new Trial(BenchLake.start(options.isOn("keep")));
    }

    BenchLake lake() {
        return lake;
    }

    LakeClient client() {
        return client;
    }

    Timeline timeline() {
        return timeline;
    }

    ProcessMeter meter() {
        return meter;
    }

    /** Whether the lake was equal to its source each time that it was asked. */
    boolean isEqual() {
        return equal;
    }

    /** Fills the source, lets the lake see it, and waits for the lake's copy. */
    Report firstCopy(int rows) throws Exception {
        Progress.say("loads %,d rows into the source", rows);
        try (Connection connection = lake.connect()) {
            SalesTable.load(connection, rows);
            Progress.say("first copy");
            meter.begin();
            long shown = SalesTable.show(connection);
            TableEvent last = timeline.awaitInserts(rows);
            Report report = new Report();
            double seconds = (last.completedMillis() - shown) / 1000.0;
            long first = timeline.commits().get(0).completedMillis();
            report.put("rows", rows)
                    .put("seconds", seconds)
                    .put("rowsPerSecond", rows / seconds)
                    .put("secondsToFirstCommit", (first - shown) / 1000.0);
            finish(report, shown, last.completedMillis());
            Progress.say("first copy took %.1f s, %,.0f rows/s", seconds, rows / seconds);
            return report;
        }
    }

    /** Adds what a phase cost, and the proof that the lake has what the source has. */
    void finish(Report report, long fromMillis, long untilMillis) throws Exception {
        List<TableEvent> events = timeline.between(fromMillis, untilMillis);
        List<TableEvent> commits = events.stream().filter(TableEvent::isCommit).toList();
        Report others = new Report();
        events.stream()
                .filter(event -> !event.isCommit())
                .forEach(event -> others.put(event.instant() + " " + event.action(), event.tookMillis()));
        report.put("commits", commits.size())
                .put(
                        "commitMillis",
                        Percentiles.of(commits.stream()
                                        .map(TableEvent::tookMillis)
                                        .toList())
                                .report())
                .put(
                        "bytesWritten",
                        commits.stream().mapToLong(TableEvent::bytes).sum())
                .put("maintenanceMillis", others)
                .put("used", meter.end())
                .put("collectHighWaterMiB", meter.highWaterMebibytes("collect"))
                .put("load", Machine.load());
        report.put("equal", proveEqual());
    }

    private boolean proveEqual() throws IOException, InterruptedException, SQLException {
        Progress.say("compares every value of both sides");
        List<String> source;
        try (Connection connection = lake.connect()) {
            source = SalesTable.sourceSums(connection);
        }
        List<String> copy = SalesTable.lakeSums(client);
        if (!source.equals(copy)) {
            equal = false;
            Progress.say("NOT EQUAL: source %s, lake %s", source, copy);
        }
        return source.equals(copy);
    }

    @Override
    public void close() {
        meter.close();
        timeline.close();
        lake.close();
    }
}

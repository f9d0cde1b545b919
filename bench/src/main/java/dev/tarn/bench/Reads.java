package dev.tarn.bench;

import dev.tarn.bench.postgres.BareCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code bench/reads}: warm questions to a merge-on-read table, as its first copy left it and when one row in a
 * hundred has changed since, on both engines, beside DuckDB on a plain file of Parquet with the same rows.
 */
public final class Reads {
    private static final int PER_TRANSACTION = 10;
    private static final long MARK = 1_000_000_000_000L;

    /** With the table's name left out: %s. */
    private static final Map<String, String> QUESTIONS = questions();

    private final Options options;
    private final Trial trial;
    private final Path folder;
    private final Connection duck;
    /** What Spark answered last. */
    private final Map<String, List<List<?>>> answers = new LinkedHashMap<>();

    private boolean equal = true;

    private Reads(Options options, Trial trial, Path folder, Connection duck) {
        this.options = options;
        this.trial = trial;
        this.folder = folder;
        this.duck = duck;
    }

    private static Map<String, String> questions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("count", "SELECT count(*) FROM %s");
        all.put(
                "group-by",
                "SELECT region, count(*), sum(price), max(sold_at) FROM %s GROUP BY region ORDER BY region");
        all.put("point lookup", "SELECT id, customer, price FROM %s WHERE id = 4242");
        all.put("distinct", "SELECT count(DISTINCT customer) FROM %s");
        all.put(
                "join",
                "SELECT a.status, count(*) FROM %1$s a JOIN %1$s b ON a.id = b.id + 1 WHERE b.region = 'region-1'"
                        + " GROUP BY a.status ORDER BY a.status");
        return all;
    }

    /** Exits with 5 if the lake was not equal to its source, or one engine did not answer as the other. */
    public static void main(String[] words) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("rows", "1000000");
        known.put("times", "3");
        known.put("seed", "1");
        known.put("keep", "false");
        known.put("out", "");
        Command.run(words, known, Reads::measure);
    }

    private static int measure(Options options) throws Exception {
        Report report = Report.about("reads", options);
        Path folder = Files.createTempDirectory("tarn-bench-reads-");
        try (Trial trial = Trial.start(options);
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            Reads bench = new Reads(options, trial, folder, duck);
            trial.firstCopy(options.number("rows"));
            String before = Instant.now().toString();
            report.put("withoutLogs", bench.ask("before", null));
            bench.change();
            report.put("withLogs", bench.ask("after", null));
            report.put("asOfBeforeTheChanges", bench.ask("before", before));
            report.put("equal", bench.equal).put("loadAfter", Machine.load());
            report.publish(options);
            return bench.equal && trial.isEqual() ? 0 : Command.UNEQUAL;
        } finally {
            for (String name : List.of("before", "after")) {
                Files.deleteIfExists(folder.resolve("." + name + ".parquet.crc"));
                Files.deleteIfExists(folder.resolve(name + ".parquet"));
            }
            Files.delete(folder);
        }
    }

    /** One row in a hundred. */
    private void change() throws Exception {
        int rows = options.number("rows");
        Progress.say("changes %,d rows", rows / 100);
        LiveIds ids = new LiveIds(rows, 0, 1);
        try (SalesWriter writer = SalesWriter.open(trial.lake().connect(), ids, options.number("seed"))) {
            for (int i = 0; i < rows / 100 / PER_TRANSACTION; i++) {
                writer.commit(PER_TRANSACTION);
            }
            trial.timeline().awaitLsn(writer.commitWithMark(0, MARK).lsn());
        }
    }

    private Report ask(String file, @Nullable String asOf) throws Exception {
        Path plain = folder.resolve(file + ".parquet");
        if (Files.notExists(plain)) {
            try (Connection connection = trial.lake().connect()) {
                BareCopy.copy(connection, plain);
            }
        }
        Report report = new Report();
        for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
            Report figures = new Report();
            double spark = lake(figures, question.getValue(), "spark", asOf);
            double fast = fast(figures, question.getValue(), asOf);
            double limit = Percentiles.median(duck(question.getValue().formatted("read_parquet('" + plain + "')")));
            figures.put("plainMillis", limit).put("fastToPlain", fast / limit).put("sparkToFast", spark / fast);
            Progress.say(
                    "%s: Spark %.0f ms, fast %.0f ms, DuckDB on a plain file %.0f ms",
                    question.getKey(), spark, fast, limit);
            report.put(question.getKey(), figures);
        }
        return report.put("load", Machine.load());
    }

    /** Not a number where the fast engine refuses the question: then the report has the reason. */
    private double fast(Report figures, String question, @Nullable String asOf)
            throws IOException, InterruptedException {
        try {
            return lake(figures, question, "fast", asOf);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.contains("NOT_FAST")) {
                throw e;
            }
            Progress.say("%s", reason);
            figures.put("notFast", reason);
            return Double.NaN;
        }
    }

    private double lake(Report figures, String question, String engine, @Nullable String asOf)
            throws IOException, InterruptedException {
        String sql = question.formatted("shop.sales");
        List<Double> millis = new ArrayList<>();
        double first = 0;
        for (int i = 0; i <= options.number("times"); i++) {
            long start = System.nanoTime();
            List<List<?>> rows = trial.client().query(sql, engine, asOf);
            double took = (System.nanoTime() - start) / 1e6;
            if (i == 0) {
                first = took;
                compare(question, engine, rows);
            } else {
                millis.add(took);
            }
        }
        figures.put(engine + "FirstMillis", first).put(engine + "Millis", Percentiles.median(millis));
        return Percentiles.median(millis);
    }

    private void compare(String question, String engine, List<List<?>> rows) {
        if (engine.equals("spark")) {
            answers.put(question, rows);
        } else if (!rows.equals(answers.getOrDefault(question, List.of()))) {
            equal = false;
            Progress.say("NOT EQUAL: %s: Spark %s, fast %s", question, answers.getOrDefault(question, List.of()), rows);
        }
    }

    private List<Double> duck(String sql) throws SQLException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i <= options.number("times"); i++) {
            long start = System.nanoTime();
            try (Statement statement = duck.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
            if (i > 0) {
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return millis;
    }
}

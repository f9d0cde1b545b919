package dev.tarn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures that the results of all parts come to, and what each should be. */
final class Figures {
    private static final String HAND_MADE = "hand-made, foreachBatch";
    private static final String DUCKDB = "DuckDB on one plain file";

    /** What a table is like when it is asked, and how many times DuckDB's time it may take. */
    private record State(String key, String words, double aim) {}

    private static final List<State> STATES = List.of(
            new State("withoutLogs", "no logs", 3),
            new State("withLogs", "with logs", 10),
            new State("asOfBeforeTheChanges", "as of before", 10));

    private final Map<String, List<Object>> results;

    /** @param results of each part, by its key: the documents that its runs printed */
    Figures(Map<String, List<Object>> results) {
        this.results = results;
    }

    /** Those that were measured. */
    List<Figure> all() {
        return Stream.of(
                        copies("copies", ""),
                        copies("copies10M", ", 10M rows"),
                        changes(),
                        freshness(),
                        commits(),
                        reads("reads", ""),
                        reads("reads10M", ", 10M rows"),
                        life())
                .flatMap(List::stream)
                .filter(Figure::isMeasured)
                .toList();
    }

    private List<Figure> copies(String part, String rows) {
        double ours = figure(part, "ofThatLoadingRowsPerSecond");
        return List.of(
                Figure.plain("first copy, rows/s, its start included" + rows, figure(part, "straightRowsPerSecond")),
                Figure.timesAtLeast(
                        "first copy, rows/s while it loads" + rows,
                        ours,
                        figure(part, "limitRowsPerSecond"),
                        "bare COPY into one Parquet",
                        0.5),
                Figure.timesAtLeast(
                        "first copy, rows/s while it loads" + rows,
                        ours,
                        figure(part, "debeziumIntoKafkaRowsPerSecond"),
                        "Debezium into Kafka",
                        5),
                Figure.timesAtLeast(
                        "first copy, rows per CPU-second" + rows,
                        figure(part, "straightRowsPerCpuSecond"),
                        figure(part, "debeziumIntoKafkaRowsPerCpuSecond"),
                        "Debezium into Kafka",
                        Double.NaN));
    }

    private List<Figure> changes() {
        double ours = figure("changes", "backlog.lakeChangesPerSecond");
        return List.of(
                Figure.atLeast("backlog of changes end to end, changes/s", ours, 15_000),
                Figure.timesAtLeast(
                        "backlog of changes end to end, changes/s",
                        ours,
                        figure("handmade", "backlog.changesPerSecond"),
                        HAND_MADE,
                        2),
                Figure.timesAtLeast(
                        "backlog of changes end to end, changes/s",
                        ours,
                        figure("handmade", "debeziumChanges.changesPerSecond"),
                        "Debezium alone, into Kafka",
                        Double.NaN),
                Figure.timesAtMost(
                        "CPU-seconds a million changes",
                        figure("changes", "backlog.collectCpuSecondsPerMillion"),
                        figure("handmade", "backlog.cpuSecondsPerMillion"),
                        HAND_MADE,
                        0.5),
                Figure.atMost(
                        "live: seconds behind after the last commit",
                        figure("changes", "live.secondsFromLastCommitToEqual"),
                        3));
    }

    private List<Figure> freshness() {
        double p50 = figure("freshness", "steady.visible.millis.p50");
        double p99 = figure("freshness", "steady.visible.millis.p99");
        return List.of(
                Figure.atMost("freshness p50, ms", p50, 1_000),
                Figure.atMost("freshness p99, ms", p99, 3_000),
                Figure.plain("freshness max, ms", figure("freshness", "steady.visible.millis.max")),
                Figure.timesAtMost("freshness p50, ms", p50, figure("handmade", "steady.millis.p50"), HAND_MADE, 0.2),
                Figure.timesAtMost("freshness p99, ms", p99, figure("handmade", "steady.millis.p99"), HAND_MADE, 0.2));
    }

    /** The last hundred commits beside the first. */
    private List<Figure> commits() {
        List<Double> medians = documents("writer")
                .map(document -> at(document, "flat.windows"))
                .filter(List.class::isInstance)
                .flatMap(windows -> ((List<?>) windows).stream())
                .map(window -> number(at(window, "p50")))
                .toList();
        return medians.isEmpty()
                ? List.of()
                : List.of(Figure.timesAtMost(
                        "commit of 500, ms, after " + medians.size() * 100,
                        medians.get(medians.size() - 1),
                        medians.get(0),
                        "the first hundred",
                        1.3));
    }

    private List<Figure> reads(String part, String rows) {
        List<Figure> figures = new ArrayList<>();
        for (State state : STATES) {
            documents(part)
                    .map(document -> at(document, state.key()))
                    .filter(Map.class::isInstance)
                    .flatMap(questions -> ((Map<?, ?>) questions).keySet().stream())
                    .map(String::valueOf)
                    .filter(question -> !question.equals("load"))
                    .forEach(question -> {
                        String path = state.key() + "." + question + ".";
                        String what = question + ", ms, " + state.words() + rows;
                        double ours = figure(part, path + "fastMillis");
                        figures.add(Figure.timesAtMost(
                                what, ours, figure(part, path + "plainMillis"), DUCKDB, state.aim()));
                        figures.add(Figure.timesAtMost(
                                what, ours, figure(part, path + "sparkMillis"), "Spark", Double.NaN));
                    });
        }
        return figures;
    }

    private List<Figure> life() {
        return List.of(
                Figure.atMost(
                        "warm tarn up until all is healthy, s",
                        figure("services", "with-engine.all_healthy_ms") / 1e3,
                        20),
                Figure.plain("memory of an idle lake, MiB", figure("services", "with-engine.memory_mib")),
                Figure.plain("memory of collect at most, MiB", figure("changes", "collectHighWaterMiB")));
    }

    private Stream<Object> documents(String part) {
        return results.getOrDefault(part, List.of()).stream();
    }

    /** The median over all runs of a part; not a number if none has it. */
    private double figure(String part, String path) {
        return Percentiles.median(documents(part)
                .map(document -> number(at(document, path)))
                .filter(Double::isFinite)
                .toList());
    }

    private static @Nullable Object at(@Nullable Object document, String path) {
        Object place = document;
        for (String name : path.split("\\.", -1)) {
            place = place instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return place;
    }

    private static double number(@Nullable Object value) {
        return Objects.requireNonNullElse(value, "") instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}

package dev.tarn.cli.upkeep;

import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Sizes;
import dev.tarn.cli.terminal.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** How a table is kept, for people: each measure with its value and what it means. */
public final class StatsView {
    private static final int PARTITIONS_SHOWN = 10;

    private final Table table = new Table("measure", "value", "about");

    private StatsView() {}

    /** All measures. */
    public static String text(Map<String, Object> stats, Ansi colours) {
        StatsView view = new StatsView();
        view.writing(section(stats, "writing"));
        view.files(section(stats, "smallFiles"), section(stats, "logs"));
        view.past(section(stats, "past"));
        view.compaction(section(stats, "compaction"));
        view.partitions(list(stats, "partitions"), stats.get("skew"));
        return view.table.render(OutputFormat.TABLE, colours);
    }

    /** One row for each commit: what it wrote. */
    public static Table commits(Map<String, Object> stats) {
        Table commits = new Table(
                "instant", "operation", "rows", "written/bytesWritten", "payload/payloadBytes", "amplification");
        for (Map<?, ?> commit : list(section(stats, "writing"), "commits")) {
            commits.add(
                    Cell.text(String.valueOf(commit.get("instant"))),
                    Cell.text(String.valueOf(commit.get("operation"))),
                    Cell.number(whole(commit, "rows")),
                    Cell.size(whole(commit, "bytesWritten")),
                    Cell.size(whole(commit, "payloadBytes")),
                    decimal(commit.get("amplification")));
        }
        return commits;
    }

    private void writing(Map<?, ?> writing) {
        row(
                "write amplification",
                ratio(writing.get("amplification")),
                size(writing, "bytesWritten") + " written for " + size(writing, "payloadBytes")
                        + " of new and changed rows, " + size(writing, "bytesRewritten")
                        + " of it by compaction and clustering, since " + writing.get("since"));
    }

    private void files(Map<?, ?> small, Map<?, ?> logs) {
        row(
                "small files",
                String.valueOf(small.get("files")),
                percent(small.get("share")) + " of base files are below half of " + size(small, "targetBytes") + "; "
                        + small.get("mergeable") + " share a partition with another");
        row(
                "logs to base files",
                ratio(logs.get("ratio")),
                logs.get("files") + " logs of " + size(logs, "bytes") + ", base files of " + size(logs, "baseBytes"));
    }

    private void past(Map<?, ?> past) {
        row(
                "kept for the past",
                size(past, "bytes"),
                past.get("slices") + " older file slices, back to " + past.get("oldestAt") + "; "
                        + past.get("savepoints") + " savepoints");
    }

    private void compaction(Map<?, ?> compaction) {
        row(
                "compaction would",
                "fold " + compaction.get("logs") + " logs",
                "of " + compaction.get("slices") + " file slices; reads " + size(compaction, "bytesRead")
                        + ", writes about " + size(compaction, "bytesWritten"));
    }

    private void partitions(List<Map<?, ?>> partitions, @Nullable Object skew) {
        row(
                "partitions",
                String.valueOf(partitions.size()),
                skew == null ? "" : "the largest has " + ratio(skew) + " times the mean");
        partitions.stream()
                .limit(PARTITIONS_SHOWN)
                .forEach(partition -> row(
                        "",
                        size(partition, "bytes"),
                        percent(partition.get("share")) + ", file groups: " + partition.get("fileGroups") + ", "
                                + partition.get("partition")));
    }

    private void row(String measure, String value, String about) {
        table.add(Cell.text(measure), Cell.text(value), Cell.text(about));
    }

    private static Cell decimal(@Nullable Object number) {
        return number == null ? Cell.text(null) : new Cell(number.toString(), number, "");
    }

    private static String ratio(@Nullable Object number) {
        return number == null ? "-" : number.toString();
    }

    private static String percent(@Nullable Object share) {
        return share instanceof Number number ? Math.round(number.doubleValue() * 100) + " %" : "-";
    }

    private static String size(Map<?, ?> section, String field) {
        Long bytes = whole(section, field);
        return bytes == null ? "-" : Sizes.format(bytes);
    }

    private static @Nullable Long whole(Map<?, ?> section, String field) {
        return section.get(field) instanceof Number number ? number.longValue() : null;
    }

    private static Map<?, ?> section(Map<?, ?> stats, String name) {
        return stats.get(name) instanceof Map<?, ?> section ? section : Map.of();
    }

    private static List<Map<?, ?>> list(Map<?, ?> section, String name) {
        return section.get(name) instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList()
                : List.of();
    }
}

package dev.tarn.cli;

import dev.tarn.cli.server.FileGroup;
import dev.tarn.cli.server.LakeTable;
import dev.tarn.cli.server.TableDetails;
import dev.tarn.cli.server.TimelineEntry;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.Durations;
import dev.tarn.cli.terminal.Lsns;
import dev.tarn.cli.terminal.Sizes;
import dev.tarn.cli.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How tables look to people. */
final class TableView {
    private static final Map<String, String> COLOURS =
            Map.of("completed", "green", "inflight", "yellow", "requested", "yellow");

    private TableView() {}

    static Table list(List<LakeTable> tables) {
        Table list = new Table(
                "table",
                "type",
                "size/sizeBytes",
                "files/baseFiles",
                "logs/logFiles",
                "age/ageMillis",
                "lsn",
                "source");
        for (LakeTable table : tables) {
            list.add(
                    Cell.text(table.names().fullName()),
                    Cell.text(table.type()),
                    Cell.size(table.sizeBytes()),
                    Cell.number(table.baseFiles()),
                    Cell.number(table.logFiles()),
                    Cell.millis(table.ageMillis()),
                    Cell.lsn(table.lsn()),
                    Cell.text(table.source()));
        }
        return list;
    }

    static String facts(TableDetails details) {
        LakeTable table = details.table();
        StringBuilder facts = new StringBuilder();
        fact(facts, "table", table.names().fullName());
        fact(facts, "type", table.typeWords() + ", version " + table.version() + " of Hudi's format");
        fact(facts, "source", table.source().isEmpty() ? null : table.source());
        fact(facts, "path", table.path());
        fact(facts, "views", String.join(", ", table.names().views()));
        fact(facts, "partitions", partitions(details));
        fact(facts, "rows", count(details.rows()));
        fact(facts, "size", size(table));
        fact(facts, "last commit", lastCommit(table));
        fact(facts, "position", table.lsn() == null ? null : Lsns.format(table.lsn()));
        fact(facts, "offsets", table.offsets().isEmpty() ? null : String.join(", ", table.offsets()));
        fact(facts, "put aside", putAside(details));
        return facts.toString();
    }

    private static @Nullable String putAside(TableDetails details) {
        return details.putAside() == 0
                ? null
                : count(details.putAside()) + " records that do not fit, with their reasons in "
                        + details.table().path() + "/.hoodie/tarn-quarantine";
    }

    private static String partitions(TableDetails details) {
        List<String> columns = details.table().partitionColumns();
        return columns.isEmpty() ? "none" : count(details.partitions()) + " by " + String.join(", ", columns);
    }

    private static @Nullable String size(LakeTable table) {
        if (table.sizeBytes() == null || table.logBytes() == null || table.olderBytes() == null) {
            return null;
        }
        return Sizes.format(table.sizeBytes()) + ": " + table.baseFiles() + " base files, " + table.logFiles()
                + " logs (" + Sizes.format(table.logBytes()) + "); " + Sizes.format(table.olderBytes())
                + " more for the past";
    }

    private static @Nullable String lastCommit(LakeTable table) {
        return table.instant() == null || table.ageMillis() == null
                ? table.instant()
                : table.instant() + ", " + Durations.formatMillis(table.ageMillis()) + " ago, at "
                        + table.completedAt();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void fact(StringBuilder facts, String name, @Nullable String value) {
        facts.append("%-13s".formatted(name))
                .append(Objects.requireNonNullElse(value, "-"))
                .append('\n');
    }

    static Table columns(TableDetails details) {
        Table columns = new Table("column", "type", "comment");
        details.columns()
                .forEach(column ->
                        columns.add(Cell.text(column.name()), Cell.text(column.type()), Cell.text(column.comment())));
        return columns;
    }

    static Table timeline(List<TimelineEntry> entries) {
        Table timeline = new Table(
                "instant",
                "action",
                "operation",
                "state",
                "completed/completedAt",
                "inserted",
                "updated",
                "deleted",
                "written/bytesWritten",
                "files",
                "took/durationMillis",
                "lsn/sourceLsn",
                "about");
        for (TimelineEntry entry : entries) {
            timeline.add(
                    Cell.text(entry.instant()),
                    Cell.text(entry.action()),
                    Cell.text(entry.operation()),
                    Cell.coloured(entry.state(), COLOURS.getOrDefault(entry.state(), "")),
                    Cell.text(entry.completedAt()),
                    Cell.number(entry.inserted()),
                    Cell.number(entry.updated()),
                    Cell.number(entry.deleted()),
                    Cell.size(entry.bytesWritten()),
                    Cell.number(entry.files()),
                    Cell.millis(entry.durationMillis()),
                    Cell.lsn(entry.lsn()),
                    Cell.text(entry.about()));
        }
        return timeline;
    }

    static Table files(List<FileGroup> groups) {
        Table files = new Table(
                "partition",
                "base file/baseFile",
                "size/baseBytes",
                "logs/logFiles",
                "log size/logBytes",
                "older/olderSlices");
        for (FileGroup group : groups) {
            files.add(
                    Cell.text(group.partition()),
                    Cell.text(group.baseFile()),
                    Cell.size(group.baseBytes()),
                    Cell.number(group.logFiles()),
                    Cell.size(group.logBytes()),
                    Cell.number(group.olderSlices()));
        }
        return files;
    }
}

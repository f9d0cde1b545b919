package dev.tarn.cli.view;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.server.RowVersion;
import dev.tarn.cli.server.RowVersion.ColumnChange;
import dev.tarn.cli.server.ShownMoment;
import dev.tarn.cli.server.TableChanges;
import dev.tarn.cli.server.TableDiff;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the past of tables looks: a row a line for people; for CSV, each column that changed a line. */
public final class HistoryView {
    private static final int MAX_VALUE = 60;

    private HistoryView() {}

    /** @param begins whether nothing came before a version, so that all of its columns are new */
    public static Table versions(List<RowVersion> versions, Predicate<RowVersion> begins, OutputFormat format) {
        boolean csv = format == OutputFormat.CSV;
        Table table = csv
                ? new Table("sourceTime", "completedAt", "operation", "lsn", "instant", "column", "old", "now")
                : new Table("source time", "committed", "operation", "lsn", "instant", "changes");
        for (RowVersion version : versions) {
            List<ColumnChange> columns = begins.test(version) ? columns(version) : version.changes();
            List<Cell> cells = List.of(
                    Cell.text(version.sourceTime()),
                    Cell.text(version.completedAt()),
                    Cell.text(version.operation()),
                    Cell.lsn(version.lsn()),
                    Cell.text(version.instant()));
            if (!csv) {
                add(table, cells, lines(columns, version.changes().isEmpty()));
            } else if (columns.isEmpty()) {
                add(table, cells, Cell.text(null), Cell.text(null), Cell.text(null));
            } else {
                columns.forEach(column ->
                        add(table, cells, Cell.text(column.column()), value(column.old()), value(column.now())));
            }
        }
        return table;
    }

    private static void add(Table table, List<Cell> cells, Cell... more) {
        table.add(Stream.concat(cells.stream(), Stream.of(more)).toArray(Cell[]::new));
    }

    /** All columns of a version that have a value. */
    private static List<ColumnChange> columns(RowVersion version) {
        Map<String, @Nullable Object> row = version.row();
        if (row == null || !version.changes().isEmpty()) {
            return version.changes();
        }
        return row.entrySet().stream()
                .filter(column -> column.getValue() != null && !column.getKey().startsWith("__"))
                .map(column -> new ColumnChange(column.getKey(), null, column.getValue()))
                .toList();
    }

    /** What to tell of moments that are not those that were asked for. */
    public static List<String> moments(@Nullable ShownMoment begin, @Nullable ShownMoment end) {
        return Stream.concat(
                        Stream.ofNullable(begin).map(moment -> moment.correction("From")),
                        Stream.ofNullable(end).map(moment -> moment.correction("Until")))
                .flatMap(Optional::stream)
                .toList();
    }

    public static Table differences(TableDiff diff, OutputFormat format) {
        boolean csv = format == OutputFormat.CSV;
        Table table = csv ? new Table("change", "key", "column", "old", "now") : new Table("change", "key", "columns");
        for (TableDiff.RowDifference row : diff.rows()) {
            Cell change = Cell.text(row.change());
            Cell key = Cell.text(key(row.key()));
            if (csv) {
                row.columns()
                        .forEach(column -> table.add(
                                change, key, Cell.text(column.column()), value(column.old()), value(column.now())));
            } else {
                table.add(change, key, lines(row.columns(), !row.change().equals("changed")));
            }
        }
        return table;
    }

    /** Such as {@code 12 added, 3 removed, 40 changed: price 38, title 2}. */
    public static String summary(TableDiff diff) {
        String counts = diff.added() + " added, " + diff.removed() + " removed, " + diff.changed() + " changed";
        return diff.changedColumns().isEmpty() ? counts : counts + ": " + counts(diff.changedColumns(), " ");
    }

    public static Table summaryTable(TableDiff diff) {
        Table table = new Table("change", "column", "rows");
        table.add(Cell.text("added"), Cell.text(null), Cell.number(diff.added()));
        table.add(Cell.text("removed"), Cell.text(null), Cell.number(diff.removed()));
        table.add(Cell.text("changed"), Cell.text(null), Cell.number(diff.changed()));
        diff.changedColumns()
                .forEach((column, rows) -> table.add(Cell.text("changed"), Cell.text(column), Cell.number(rows)));
        return table;
    }

    public static Table changes(TableChanges changes) {
        Set<String> columns = new LinkedHashSet<>();
        changes.rows().forEach(row -> columns.addAll(row.row().keySet()));
        List<String> headings = new ArrayList<>(List.of("operation", "source time", "lsn", "instant"));
        headings.addAll(columns);
        Table table = Table.of(headings);
        for (TableChanges.ChangedRow row : changes.rows()) {
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.text(row.operation()),
                    Cell.text(row.sourceTime()),
                    Cell.lsn(row.lsn()),
                    Cell.text(row.instant())));
            columns.forEach(column -> cells.add(value(row.row().get(column))));
            table.add(cells.toArray(Cell[]::new));
        }
        return table;
    }

    /** Such as {@code 40 update, 2 delete}. */
    public static String summary(TableChanges changes) {
        return changes.operations().isEmpty()
                ? "No row changed."
                : changes.operations().entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String counts(Map<String, Long> counts, String between) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + between + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String key(Map<String, @Nullable Object> key) {
        return key.values().stream().map(HistoryView::text).collect(Collectors.joining(","));
    }

    /** @param whole whether this is a whole row, with no value before or after */
    private static Cell lines(List<ColumnChange> changes, boolean whole) {
        return changes.isEmpty()
                ? Cell.text(null)
                : Cell.text(changes.stream()
                        .map(change -> change.column() + ": "
                                + (whole
                                        ? shown(change.now() == null ? change.old() : change.now())
                                        : shown(change.old()) + " -> " + shown(change.now())))
                        .collect(Collectors.joining("\n")));
    }

    /** In one line, and not too long for a terminal; JSON and CSV have it all. */
    private static String shown(@Nullable Object value) {
        String text = text(value).replaceAll("\\R", " ");
        return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE - 1) + "…" : text;
    }

    private static Cell value(@Nullable Object value) {
        return value == null
                ? Cell.text(null)
                : new Cell(text(value), value instanceof Number ? value : text(value), "");
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            try {
                return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Objects.toString(value, "null");
    }
}

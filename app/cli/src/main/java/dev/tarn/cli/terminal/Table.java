package dev.tarn.cli.terminal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * A list that is printed as a table for people, or as JSON or CSV for programs. A heading such as
 * {@code memory/memoryBytes} has a name for people and another for programs, where units count.
 */
public final class Table {
    private static final int GAP = 2;

    private enum Heading {
        ONE_NAME,
        TWO_NAMES
    }

    private final List<String> headings;
    private final Heading kind;
    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(String... headings) {
        this(List.of(headings), Heading.TWO_NAMES);
    }

    private Table(List<String> headings, Heading kind) {
        this.headings = headings;
        this.kind = kind;
    }

    /** A list with headings that are not ours, such as the columns of a query: one name for all, slash or not. */
    public static Table of(List<String> headings) {
        return new Table(List.copyOf(headings), Heading.ONE_NAME);
    }

    /** Adds a row with one cell for each heading. */
    public void add(Cell... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headings.size() + " headings");
        }
        rows.add(List.of(cells));
    }

    /** The whole list with a line feed at its end. */
    public String render(OutputFormat format, Ansi colours) {
        return switch (format) {
            case TABLE -> text(colours);
            case JSON -> json();
            case CSV -> csv();
        };
    }

    private String text(Ansi colours) {
        List<List<Text>> lines = new ArrayList<>();
        lines.add(headings.stream()
                .map(heading -> styled(colours, humanName(heading), "bold"))
                .toList());
        rows.forEach(row -> lines.addAll(lines(row, colours)));

        Column[] columns = new Column[headings.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column(width(lines, i) + GAP, 0, Overflow.TRUNCATE);
        }
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(colours), columns);
        lines.forEach(line -> table.addRowValues(line.toArray(Text[]::new)));
        return table.toString();
    }

    /** A cell with several lines makes its row as high. */
    private static List<List<Text>> lines(List<Cell> row, Ansi colours) {
        List<List<Text>> lines = new ArrayList<>();
        int height = row.stream()
                .mapToInt(cell -> (int) cell.human().lines().count())
                .max()
                .orElse(1);
        for (int i = 0; i < height; i++) {
            int index = i;
            lines.add(row.stream()
                    .map(cell -> styled(
                            colours,
                            cell.human().lines().skip(index).findFirst().orElse(""),
                            cell.style()))
                    .toList());
        }
        return lines;
    }

    // Unlike Ansi.text this leaves picocli's markup in a value alone.
    private static Text styled(Ansi colours, String value, String style) {
        List<IStyle> styles = style.isEmpty() ? List.of() : List.of(Style.parse(style));
        return Help.defaultColorScheme(colours).apply(value, styles);
    }

    private static int width(List<List<Text>> lines, int column) {
        return lines.stream()
                .mapToInt(line -> line.get(column).getCJKAdjustedLength())
                .max()
                .orElse(0);
    }

    private String json() {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (List<Cell> row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                object.put(programName(headings.get(i)), row.get(i).value());
            }
            objects.add(object);
        }
        return json(objects);
    }

    /** Any JSON value, indented, with a line feed at its end. */
    public static String json(Object value) {
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                            .asString(value) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String csv() {
        StringBuilder csv = new StringBuilder();
        appendCsv(csv, headings.stream().map(this::programName).toList());
        for (List<Cell> row : rows) {
            appendCsv(
                    csv,
                    row.stream().map(cell -> Objects.toString(cell.value(), "")).toList());
        }
        return csv.toString();
    }

    private String humanName(String heading) {
        return kind == Heading.ONE_NAME ? heading : heading.split("/", 2)[0];
    }

    private String programName(String heading) {
        return kind == Heading.ONE_NAME ? heading : heading.substring(heading.indexOf('/') + 1);
    }

    /** One record of RFC 4180, but ended by a line feed alone, as Unix tools want it. */
    private static void appendCsv(StringBuilder csv, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            csv.append(i == 0 ? "" : ",").append(quote(values.get(i)));
        }
        csv.append('\n');
    }

    private static String quote(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}

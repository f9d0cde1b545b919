package dev.tarn.generate.museum;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file, each checked. */
final class FileRows implements Rows {
    // Of numeric(18,10).
    private static final int MOST_DECIMALS = 10;
    private static final BigDecimal MEASURE_END = BigDecimal.TEN.pow(8);

    private final MuseumTable table;
    private final Path file;
    private final BufferedReader reader;
    private long line;

    private FileRows(MuseumTable table, Path file, BufferedReader reader) {
        this.table = table;
        this.file = file;
        this.reader = reader;
    }

    /** Reads the header. The rows own the reader from then on. */
    static FileRows open(MuseumTable table, Path file, BufferedReader reader) throws IOException {
        FileRows rows = new FileRows(table, file, reader);
        String header = rows.readLine();
        if (header == null) {
            throw MuseumFileException.of(file, "it is empty. Its first line must be " + table.header(), null);
        }
        String plain = header.startsWith("\uFEFF") ? header.substring(1) : header;
        if (!plain.equals(table.header())) {
            throw MuseumFileException.atLine(
                    file, 1, "is '" + plain + "', not the header. It must be " + table.header());
        }
        return rows;
    }

    @Override
    public @Nullable Row next() throws IOException {
        String text = readLine();
        if (text == null) {
            return null;
        }
        List<@Nullable String> values = split(text);
        List<Column> columns = table.columns();
        if (values.size() != columns.size()) {
            throw bad("has " + values.size() + " fields, not " + columns.size() + ". Fields are divided by |; one that"
                    + " holds a | stands in double quotes.");
        }
        for (int i = 0; i < columns.size(); i++) {
            check(columns.get(i), values.get(i));
        }
        return new Row(values);
    }

    private @Nullable String readLine() throws IOException {
        line++;
        try {
            return reader.readLine();
        } catch (CharacterCodingException e) {
            throw MuseumFileException.of(file, "near line " + line + " it is not UTF-8. Convert it to UTF-8.", e);
        }
    }

    private List<@Nullable String> split(String text) throws MuseumFileException {
        List<@Nullable String> values = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end;
            if (start < text.length() && text.charAt(start) == '"') {
                int close = closingQuote(text, start + 1);
                end = close + 1;
                if (end < text.length() && text.charAt(end) != '|') {
                    throw bad("goes on behind the closing quote of field " + (values.size() + 1)
                            + ". Write a double quote within quotes twice.");
                }
                values.add(text.substring(start + 1, close).replace("\"\"", "\""));
            } else {
                int divider = text.indexOf('|', start);
                end = divider < 0 ? text.length() : divider;
                values.add(end == start ? null : text.substring(start, end));
            }
            start = end + 1;
        }
        return values;
    }

    private int closingQuote(String text, int from) throws MuseumFileException {
        int quote = text.indexOf('"', from);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
            quote = text.indexOf('"', quote + 2);
        }
        if (quote < 0) {
            throw bad("opens a double quote that it does not close. A field ends on the line where it begins.");
        }
        return quote;
    }

    private void check(Column column, @Nullable String value) throws MuseumFileException {
        if (value == null) {
            if (column.required()) {
                throw bad("has no " + column.name() + ". Each row needs one.");
            }
            return;
        }
        if (value.indexOf('\0') >= 0) {
            throw bad(column.name() + " holds a character 0, which PostgreSQL does not keep. Remove it.");
        }
        String problem = switch (column.type()) {
            case INTEGER -> integerProblem(value);
            case MEASURE -> measureProblem(value);
            case DATE -> dateProblem(value);
            case TEXT -> "";
        };
        if (!problem.isEmpty()) {
            throw bad(column.name() + " '" + value + "' " + problem);
        }
    }

    private static String integerProblem(String value) {
        try {
            Integer.parseInt(value);
            return "";
        } catch (NumberFormatException e) {
            return "is no whole number of 32 bits.";
        }
    }

    private static String measureProblem(String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            return number.scale() > MOST_DECIMALS || number.abs().compareTo(MEASURE_END) >= 0
                    ? "has more digits than 8 before the point or 10 behind it."
                    : "";
        } catch (NumberFormatException e) {
            return "is no number.";
        }
    }

    private static String dateProblem(String value) {
        try {
            LocalDate.parse(value);
            return "";
        } catch (DateTimeException e) {
            return "is no day such as 1964-10-06.";
        }
    }

    private MuseumFileException bad(String reason) {
        return MuseumFileException.atLine(file, line, reason);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

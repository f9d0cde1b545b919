package dev.tarn.cli.sql;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.server.QueryResult;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what statements give, one after the other. */
public final class ResultPrinter {
    private final Terminal terminal;
    private int printed;

    public ResultPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints the rows; a statement that gives no columns, such as an INSERT, prints nothing. */
    public void print(QueryResult result, OutputFormat output) {
        if (!result.columns().isEmpty()) {
            // Arrays of JSON need nothing between them.
            if (printed > 0 && output != OutputFormat.JSON) {
                terminal.data().println();
            }
            printed++;
            terminal.data()
                    .print(
                            output == OutputFormat.JSON
                                    ? Table.json(result.objects())
                                    : table(result).render(output, terminal.dataColours()));
        }
        if (result.ranOn() != null) {
            terminal.say(result.ranOn());
        }
        if (result.shown() != null) {
            terminal.say(result.shown().words());
        }
        if (result.truncated()) {
            terminal.say(
                    "There are more rows; these are the first " + result.rows().size() + ". --max-rows shows more.");
        }
    }

    private static Table table(QueryResult result) {
        Table table = Table.of(result.columns());
        for (List<@Nullable Object> row : result.rows()) {
            table.add(row.stream().map(ResultPrinter::cell).toArray(Cell[]::new));
        }
        return table;
    }

    private static Cell cell(@Nullable Object value) {
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            return Cell.text(json(value));
        }
        return value == null ? Cell.text(null) : new Cell(value.toString(), value, "");
    }

    private static String json(Object value) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.tarn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.QueryResult;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sql", description = "Run one SQL statement on the lake.")
final class SqlCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "SQL", description = "The statement, in quotes.")
    private String sql = "";

    @Option(
            names = "--max-rows",
            paramLabel = "ROWS",
            description = "How many rows at most. Default: ${DEFAULT-VALUE}.")
    private int maxRows = 1_000;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long it may take before it is cancelled. Default: ${DEFAULT-VALUE}.")
    private int timeout = 60;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SqlCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Terminal terminal = tarn.terminal();
        LakeTables tables = LakeTables.of(tarn.lake());
        QueryResult result = Waiting.during(
                terminal, "running the statement", () -> tables.query(sql, maxRows, Duration.ofSeconds(timeout)));
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(result.objects()));
        } else if (!result.columns().isEmpty()) {
            terminal.data().print(table(result).render(output, terminal.dataColours()));
        }
        if (result.truncated()) {
            terminal.say("There are more rows; these are the first " + maxRows + ". --max-rows shows more.");
        }
        return 0;
    }

    private static Table table(QueryResult result) {
        Table table = Table.of(result.columns());
        for (List<@Nullable Object> row : result.rows()) {
            table.add(row.stream().map(SqlCommand::cell).toArray(Cell[]::new));
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

package dev.tarn.cli;

import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.SqlResult;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        description =
                "Run SQL in a source's database. Several statements with ; between them take effect together or not"
                        + " at all.")
final class SourceExecCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The name of a file in sources/, without .yaml.")
    private String source = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SQL", description = "The statements, in quotes.")
    private @Nullable String sql;

    @Option(names = "--file", paramLabel = "FILE", description = "Take the statements from a file in UTF-8.")
    private @Nullable Path file;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SourceExecCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        String text = text();
        Terminal terminal = tarn.terminal();
        ServerClient server = ServerClient.of(tarn.lake());
        List<SqlResult> results =
                Waiting.during(terminal, "running SQL in source '" + source + "'", () -> server.runSql(source, text));
        if (output == OutputFormat.JSON) {
            terminal.data()
                    .print(Table.json(results.stream().map(SqlResult::document).toList()));
        } else {
            results.forEach(this::print);
        }
        if (results.stream().anyMatch(SqlResult::truncated)) {
            terminal.say("There are more rows; these are the first. Narrow it down with LIMIT or WHERE.");
        }
        return 0;
    }

    private String text() {
        if ((sql == null) == (file == null)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot run SQL in source '" + source + "': give either the statements in quotes, or --file FILE.");
        }
        if (sql != null) {
            return sql;
        }
        return new SqlFile(tarn.resolve(file), file).read();
    }

    // Programs that read CSV want rows alone; a count is then a word for the person.
    private void print(SqlResult result) {
        Terminal terminal = tarn.terminal();
        if (!result.columns().isEmpty()) {
            terminal.data().print(table(result).render(output, terminal.dataColours()));
        } else if (output == OutputFormat.TABLE) {
            terminal.data().println(result.words());
        } else {
            terminal.say(result.words());
        }
    }

    private static Table table(SqlResult result) {
        Table table = Table.of(result.columns());
        for (List<@Nullable Object> row : result.rows()) {
            table.add(row.stream().map(SourceExecCommand::cell).toArray(Cell[]::new));
        }
        return table;
    }

    private static Cell cell(@Nullable Object value) {
        return value == null ? Cell.text(null) : new Cell(value.toString(), value, "");
    }
}

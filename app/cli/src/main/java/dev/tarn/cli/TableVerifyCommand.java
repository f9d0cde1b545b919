package dev.tarn.cli;

import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.server.TableVerdict;
import dev.tarn.cli.server.VerifyOptions;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.cli.view.VerdictView;
import dev.tarn.model.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Prove that tables hold what their sources hold, row by row and value by value, while both go on.",
            "Exit code 5 if one does not; 4 if it cannot be told, as the lake is behind or a row changes all the time."
        })
final class TableVerifyCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "DATABASE.TABLE, or TABLE alone; all if none.")
    private List<String> names = List.of();

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            description = "Of how many wrong rows to tell the columns. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long rows that change meanwhile may take to settle. Default: ${DEFAULT-VALUE}.")
    private int timeout = 60;

    @Option(
            names = "--quiet-time",
            paramLabel = "SECONDS",
            description = "How long a row of the source must have been the same before it counts as wrong."
                    + " Default: ${DEFAULT-VALUE}.")
    private int quiet = 10;

    @Option(names = "--repair", description = "Bring wrong rows in line with the source, then compare again.")
    private boolean repair;

    @Option(names = "--output", paramLabel = "FORMAT", description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableVerifyCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (output == OutputFormat.CSV) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--output is table or json here");
        }
        LakeTables tables = LakeTables.of(tarn.lake());
        Terminal terminal = tarn.terminal();
        List<Map<String, Object>> answers = new ArrayList<>();
        int exitCode = 0;
        VerifyOptions options =
                new VerifyOptions(limit, Duration.ofSeconds(timeout), Duration.ofSeconds(quiet), repair);
        for (TableNames table : chosen(tables)) {
            TableVerdict verdict = Waiting.during(
                    terminal, "verifying table '" + table.fullName() + "'", () -> tables.verify(table, options));
            exitCode = Math.max(exitCode, exitCode(verdict));
            answers.add(verdict.answer());
            if (output == OutputFormat.TABLE) {
                terminal.data().print(VerdictView.text(verdict));
                terminal.data().flush();
            }
        }
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(answers));
        } else if (answers.isEmpty()) {
            terminal.say("There are no tables yet. Sources bring them: tarn source list");
        }
        return exitCode;
    }

    private List<TableNames> chosen(LakeTables tables) {
        return names.isEmpty()
                ? tables.list().stream().map(table -> table.names()).toList()
                : names.stream().map(tables::choose).distinct().toList();
    }

    private static int exitCode(TableVerdict verdict) {
        if (verdict.isWrong()) {
            return ErrorKind.REFUSED.exitCode();
        }
        return verdict.equal() ? 0 : ErrorKind.RESOURCES.exitCode();
    }
}

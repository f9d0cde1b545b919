package dev.tarn.cli;

import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.TableDetails;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description =
                "Show one table: columns, partitions, rows, size, last commit, source position. CSV has the columns.")
final class TableShowCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableShowCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeTables tables = LakeTables.of(tarn.lake());
        TableDetails details = tables.load(tables.choose(name));
        Terminal terminal = tarn.terminal();
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(details.table().answer()));
            return 0;
        }
        if (output == OutputFormat.TABLE) {
            terminal.data().println(TableView.facts(details));
        }
        terminal.data().print(TableView.columns(details).render(output, terminal.dataColours()));
        return 0;
    }
}

package dev.tarn.cli;

import dev.tarn.cli.server.LakeTable;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the tables: size, files, last commit, and how far each reaches in its source.")
final class TableListCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableListCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        List<LakeTable> tables = LakeTables.of(tarn.lake()).list();
        Terminal terminal = tarn.terminal();
        if (output == OutputFormat.JSON) {
            terminal.data()
                    .print(Table.json(tables.stream().map(LakeTable::answer).toList()));
            return 0;
        }
        terminal.data().print(TableView.list(tables).render(output, terminal.dataColours()));
        if (output == OutputFormat.TABLE) {
            if (tables.isEmpty()) {
                terminal.say("There are no tables yet. Sources bring them: tarn source list");
            }
            tables.stream()
                    .filter(table -> table.problem() != null)
                    .forEach(table -> terminal.say("table '" + table.names().fullName() + "': " + table.problem()));
        }
        return 0;
    }
}

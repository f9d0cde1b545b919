package dev.tarn.cli;

import dev.tarn.cli.server.FileGroup;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "files", description = "Show the files that hold a table's rows.")
final class TableFilesCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableFilesCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeTables tables = LakeTables.of(tarn.lake());
        List<FileGroup> groups = tables.files(tables.choose(name));
        Terminal terminal = tarn.terminal();
        terminal.data()
                .print(
                        output == OutputFormat.JSON
                                ? Table.json(
                                        groups.stream().map(FileGroup::answer).toList())
                                : TableView.files(groups).render(output, terminal.dataColours()));
        return 0;
    }
}

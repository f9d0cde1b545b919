package dev.tarn.cli;

import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.SourceStatus;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the sources: state, tables, and how far the reading is behind.")
final class SourceListCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SourceListCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        List<SourceStatus> sources = ServerClient.of(tarn.lake()).loadSources();
        Table table = new Table("name", "state", "tables", "lag/lagBytes", "confirmed/confirmedLsn", "connector");
        for (SourceStatus source : sources) {
            table.add(
                    Cell.text(source.name()),
                    SourceView.state(source.state()),
                    Cell.number((long) source.tables().size()),
                    Cell.size(source.lagBytes()),
                    Cell.text(source.confirmedLsn()),
                    Cell.text(source.connector()));
        }
        if (output == OutputFormat.JSON) {
            tarn.terminal()
                    .data()
                    .print(Table.json(sources.stream().map(SourceStatus::answer).toList()));
            return 0;
        }
        tarn.terminal().data().print(table.render(output, tarn.terminal().dataColours()));
        if (output == OutputFormat.TABLE) {
            sources.forEach(source -> SourceView.words(source).forEach(tarn.terminal()::say));
        }
        return 0;
    }
}

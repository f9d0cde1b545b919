package dev.tarn.cli;

import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.TimelineEntry;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "timeline", description = "Show what happened to a table, newest first.")
final class TableTimelineCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "ENTRIES",
            description = "How many entries. Default: ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Option(names = "--archived", description = "Go on into what Hudi has moved out of the active timeline.")
    private boolean archived;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableTimelineCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot show " + limit + " entries of the timeline of '" + name + "'. Give -n a number from 1 on.");
        }
        LakeTables tables = LakeTables.of(tarn.lake());
        List<TimelineEntry> entries = tables.timeline(tables.choose(name), limit, archived);
        Terminal terminal = tarn.terminal();
        terminal.data()
                .print(
                        output == OutputFormat.JSON
                                ? Table.json(entries.stream()
                                        .map(TimelineEntry::answer)
                                        .toList())
                                : TableView.timeline(entries).render(output, terminal.dataColours()));
        return 0;
    }
}

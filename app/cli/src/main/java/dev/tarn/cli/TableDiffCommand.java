package dev.tarn.cli;

import dev.tarn.cli.server.LakeHistory;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.TableDiff;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.cli.view.HistoryView;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "diff", description = "Compare two moments of a table: rows that were added, removed or changed.")
final class TableDiffCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            description = "A time (2026-11-22T10:00Z), a span before now (-2h), an instant, or an LSN (0/2A3F10).")
    private String from = "";

    @Option(names = "--to", paramLabel = "MOMENT", description = "The same. Default: the table as it is.")
    private @Nullable String to;

    @Option(names = "--columns", split = ",", paramLabel = "COLUMN", description = "Compare these alone.")
    private List<String> columns = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "ROWS",
            description = "How many rows to show. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--summary", description = "Show the counts alone.")
    private boolean summary;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableDiffCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot show " + limit + " rows of '" + name
                            + "'. Give --limit a number from 1 on, or ask for --summary.");
        }
        Terminal terminal = tarn.terminal();
        TableNames table = LakeTables.of(tarn.lake()).choose(name);
        LakeHistory lake = LakeHistory.of(tarn.lake());
        TableDiff diff = Waiting.during(
                terminal, "comparing the two moments", () -> lake.diff(table, from, to, columns, summary ? 0 : limit));
        HistoryView.moments(diff.begin(), diff.end()).forEach(terminal::say);
        switch (output) {
            case JSON -> terminal.data().print(Table.json(diff.answer()));
            case CSV ->
                terminal.data()
                        .print((summary ? HistoryView.summaryTable(diff) : HistoryView.differences(diff, output))
                                .render(output, terminal.dataColours()));
            case TABLE -> {
                if (!diff.rows().isEmpty()) {
                    terminal.data()
                            .print(HistoryView.differences(diff, output).render(output, terminal.dataColours()) + "\n");
                }
                terminal.data().println(HistoryView.summary(diff));
            }
        }
        if (!summary && diff.count() > diff.rows().size()) {
            terminal.say(
                    "These are the first " + diff.rows().size() + " of " + diff.count() + " rows. --limit shows more.");
        }
        return 0;
    }
}

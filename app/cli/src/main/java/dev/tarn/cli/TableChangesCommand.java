package dev.tarn.cli;

import dev.tarn.cli.server.LakeHistory;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.TableChanges;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.cli.view.HistoryView;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "changes", description = "Show the rows that changed since a moment, the newest version of each.")
final class TableChangesCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(
            names = "--since",
            required = true,
            paramLabel = "MOMENT",
            description = "A time (2026-11-22T10:00Z), a span before now (-2h), an instant, or an LSN (0/2A3F10).")
    private String since = "";

    @Option(names = "--until", paramLabel = "MOMENT", description = "The same. Default: the table as it is.")
    private @Nullable String until;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "ROWS",
            description = "How many rows to show. Default: ${DEFAULT-VALUE}.")
    private int limit = 1_000;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableChangesCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot show " + limit + " rows of '" + name + "'. Give --limit a number from 1 on.");
        }
        Terminal terminal = tarn.terminal();
        TableNames table = LakeTables.of(tarn.lake()).choose(name);
        LakeHistory lake = LakeHistory.of(tarn.lake());
        TableChanges changes =
                Waiting.during(terminal, "looking for changes", () -> lake.changes(table, since, until, limit));
        HistoryView.moments(changes.begin(), changes.end()).forEach(terminal::say);
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(changes.answer()));
        } else if (!changes.rows().isEmpty() || output == OutputFormat.CSV) {
            terminal.data().print(HistoryView.changes(changes).render(output, terminal.dataColours()));
        }
        if (output == OutputFormat.TABLE) {
            terminal.say(HistoryView.summary(changes));
        }
        if (changes.count() > changes.rows().size()) {
            terminal.say("These are the first " + changes.rows().size() + " of " + changes.count()
                    + " rows. --limit shows more.");
        }
        return 0;
    }
}

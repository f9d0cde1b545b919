package dev.tarn.cli;

import dev.tarn.cli.server.LakeSchemas;
import dev.tarn.cli.server.SchemaDifference;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "diff", description = "Show which fields a file adds, removes or changes of the newest version.")
final class SchemaDiffCommand implements Callable<Integer> {
    private static final Map<String, String> STYLES = Map.of("added", "green", "removed", "red", "changed", "yellow");

    private final TarnCommand tarn;

    @Parameters(paramLabel = "SUBJECT", description = "The name of a file in schemas/, without .avsc.")
    private String subject = "";

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SchemaDiffCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        SchemaDifference difference = LakeSchemas.of(tarn.lake()).diff(subject);
        Terminal terminal = tarn.terminal();
        Table table = new Table("field", "change", "before", "after");
        for (SchemaDifference.Change change : difference.changes()) {
            table.add(
                    Cell.text(change.field()),
                    Cell.coloured(change.change(), STYLES.getOrDefault(change.change(), "")),
                    Cell.text(change.before()),
                    Cell.text(change.after()));
        }
        if (output != OutputFormat.TABLE || !difference.changes().isEmpty()) {
            terminal.data().print(table.render(output, terminal.dataColours()));
        }
        if (output == OutputFormat.TABLE) {
            String state = difference.status().state();
            terminal.say(
                    difference.changes().isEmpty()
                            ? "No field differs from version "
                                    + difference.status().version()
                                    + (state.equals("unchanged") ? "." : "; only words, such as doc, do.")
                            : "Against version " + difference.status().version() + ": " + state + ", by the rule '"
                                    + difference.status().compatibility() + "'.");
        }
        return 0;
    }
}

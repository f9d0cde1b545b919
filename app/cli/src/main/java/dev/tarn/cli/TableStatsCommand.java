package dev.tarn.cli;

import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.LakeUpkeep;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.upkeep.StatsView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "stats",
        description = "Show how a table is kept: write amplification, small files, logs, partitions, the past.")
final class TableStatsCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(names = "--commits", description = "Show the write amplification of each commit.")
    private boolean commits;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}; as CSV, the commits. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableStatsCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Terminal terminal = tarn.terminal();
        TableNames table = LakeTables.of(tarn.lake()).choose(name);
        Map<String, Object> stats = LakeUpkeep.of(tarn.lake()).stats(table);
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(stats));
        } else if (commits || output == OutputFormat.CSV) {
            terminal.data().print(StatsView.commits(stats).render(output, terminal.dataColours()));
        } else {
            terminal.data().print(StatsView.text(stats, terminal.dataColours()));
        }
        return 0;
    }
}

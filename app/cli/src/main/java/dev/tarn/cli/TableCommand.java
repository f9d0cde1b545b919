package dev.tarn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "table",
        description = "Look at the tables of the lake, at their past, and look after them.",
        synopsisSubcommandLabel = "COMMAND")
final class TableCommand implements CommandGroup, Runnable {
    private final TarnCommand tarn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TableCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Map<String, Object> commands() {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("list", new TableListCommand(tarn));
        commands.put("show", new TableShowCommand(tarn));
        commands.put("timeline", new TableTimelineCommand(tarn));
        commands.put("files", new TableFilesCommand(tarn));
        commands.put("history", new TableHistoryCommand(tarn));
        commands.put("diff", new TableDiffCommand(tarn));
        commands.put("changes", new TableChangesCommand(tarn));
        commands.put("compact", new TableCompactCommand(tarn));
        commands.put("stats", new TableStatsCommand(tarn));
        commands.put("clean", new TableCleanCommand(tarn));
        commands.put("cluster", new TableClusterCommand(tarn));
        commands.put("savepoint", new TableSavepointCommand(tarn));
        commands.put("savepoints", new TableSavepointsCommand(tarn));
        commands.put("rollback", new TableRollbackCommand(tarn));
        commands.put("verify", new TableVerifyCommand(tarn));
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "missing command: one of " + String.join(", ", commands().keySet()));
    }
}

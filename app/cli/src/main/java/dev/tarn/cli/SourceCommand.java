package dev.tarn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "source",
        description = "Look at the databases that flow into the lake, load their tables anew, or run SQL in one.",
        synopsisSubcommandLabel = "COMMAND")
final class SourceCommand implements CommandGroup, Runnable {
    private final TarnCommand tarn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SourceCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Map<String, Object> commands() {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("list", new SourceListCommand(tarn));
        commands.put("show", new SourceShowCommand(tarn));
        commands.put("load", new SourceLoadCommand(tarn));
        commands.put("exec", new SourceExecCommand(tarn));
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "missing command: one of " + String.join(", ", commands().keySet()));
    }
}

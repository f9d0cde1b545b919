package dev.tarn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "stream",
        description = "Run SQL over the events of topics, as they come or as a batch.",
        synopsisSubcommandLabel = "COMMAND")
final class StreamCommand implements CommandGroup, Runnable {
    private final TarnCommand tarn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StreamCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Map<String, Object> commands() {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("list", new StreamListCommand(tarn));
        commands.put("show", new StreamShowCommand(tarn));
        commands.put("start", new StreamStartCommand(tarn));
        commands.put("stop", new StreamStopCommand(tarn));
        commands.put("run", new StreamRunCommand(tarn));
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "missing command: one of " + String.join(", ", commands().keySet()));
    }
}

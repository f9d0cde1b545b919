package dev.tarn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "topic", description = "Look at the topics of the lake's Kafka.", synopsisSubcommandLabel = "COMMAND")
final class TopicCommand implements CommandGroup, Runnable {
    private final TarnCommand tarn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TopicCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Map<String, Object> commands() {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("list", new TopicListCommand(tarn));
        commands.put("tail", new TopicTailCommand(tarn));
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "missing command: one of " + String.join(", ", commands().keySet()));
    }
}

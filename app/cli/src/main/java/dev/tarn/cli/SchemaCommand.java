package dev.tarn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description = "Schemas of topics and files: those in schemas/, and those that the registry has.",
        synopsisSubcommandLabel = "COMMAND")
final class SchemaCommand implements CommandGroup, Runnable {
    private final TarnCommand tarn;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SchemaCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Map<String, Object> commands() {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("list", new SchemaListCommand(tarn));
        commands.put("show", new SchemaShowCommand(tarn));
        commands.put("check", new SchemaCheckCommand(tarn));
        commands.put("diff", new SchemaDiffCommand(tarn));
        commands.put("register", new SchemaRegisterCommand(tarn));
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "missing command: one of " + String.join(", ", commands().keySet()));
    }
}

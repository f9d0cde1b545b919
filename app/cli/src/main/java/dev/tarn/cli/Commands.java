package dev.tarn.cli;

import dev.tarn.cli.sql.SqlEngine;
import dev.tarn.cli.terminal.OutputFormat;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/** All commands by name. Reading a command's annotations takes milliseconds, so only the one that runs is made. */
final class Commands {
    private static final Map<String, Function<TarnCommand, Object>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("demo", DemoCommand::new);
        BY_NAME.put("init", InitCommand::new);
        BY_NAME.put("up", UpCommand::new);
        BY_NAME.put("down", DownCommand::new);
        BY_NAME.put("status", StatusCommand::new);
        BY_NAME.put("logs", LogsCommand::new);
        BY_NAME.put("source", SourceCommand::new);
        BY_NAME.put("table", TableCommand::new);
        BY_NAME.put("schema", SchemaCommand::new);
        BY_NAME.put("replay", ReplayCommand::new);
        BY_NAME.put("topic", TopicCommand::new);
        BY_NAME.put("sql", SqlCommand::new);
        BY_NAME.put("stream", StreamCommand::new);
        BY_NAME.put("bench", BenchCommand::new);
    }

    private Commands() {}

    /** A command line that understands these arguments, with all commands where they name none of them. */
    static CommandLine commandLine(TarnCommand tarn, String... args) {
        CommandLine commandLine = new CommandLine(tarn);
        String name = nameIn(args);
        BY_NAME.forEach((each, create) -> {
            if (name.isEmpty() || name.equals(each)) {
                commandLine.addSubcommand(each, withHelp(create.apply(tarn)));
            }
        });
        commandLine.addSubcommand(new HelpCommand());
        Help.Ansi colours = tarn.terminal().dataColours();
        return commandLine
                .registerConverter(OutputFormat.class, OutputFormat::parse)
                .registerConverter(SqlEngine.class, SqlEngine::parse)
                .setColorScheme(Help.defaultColorScheme(colours))
                .setUsageHelpWidth(100)
                .setOut(writer(tarn.terminal().data()))
                .setErr(writer(tarn.terminal().words()));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    // Not inherited from the root: picocli's own help command brings the same option.
    private static CommandLine withHelp(Object command) {
        CommandLine commandLine = new CommandLine(command);
        if (command instanceof CommandGroup group) {
            group.commands().forEach((name, each) -> commandLine.addSubcommand(name, withHelp(each)));
        }
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Explain the command.")
                        .build());
        return commandLine;
    }

    /** The command that runs; empty where all commands are needed, to list them or to guess which one was meant. */
    private static String nameIn(String... args) {
        for (int i = 0; i < args.length; i++) {
            String arg = Objects.requireNonNull(args[i]);
            if (arg.equals("-C")) {
                i++;
            } else if (!arg.startsWith("-C")) {
                return BY_NAME.containsKey(arg) ? arg : "";
            }
        }
        return "";
    }
}

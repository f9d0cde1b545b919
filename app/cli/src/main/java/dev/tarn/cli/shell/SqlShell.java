package dev.tarn.cli.shell;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.CatalogNames;
import dev.tarn.cli.server.LakeSql;
import dev.tarn.cli.server.QueryResult;
import dev.tarn.cli.server.ServerFailure;
import dev.tarn.cli.server.SqlOptions;
import dev.tarn.cli.sql.ResultPrinter;
import dev.tarn.cli.sql.SqlScript;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.TypeConversionException;

/** Reads statements from a terminal and runs them, all in one session of the engine, until the user leaves. */
public final class SqlShell {
    private static final int KEPT_LINES = 5_000;

    private final LakeLocation lake;
    private final Terminal terminal;
    private final SqlOptions options;
    private OutputFormat output;
    private Timing timing = Timing.SHOWN;

    private enum Timing {
        SHOWN,
        HIDDEN
    }

    private enum Next {
        GO_ON,
        LEAVE
    }

    public SqlShell(LakeLocation lake, Terminal terminal, SqlOptions options, OutputFormat output) {
        this.lake = lake;
        this.terminal = terminal;
        this.options = options;
        this.output = output;
    }

    /** On the terminal of this process. */
    public void run() {
        // The provider that starts stty: it needs no native library, which newer JDKs warn about.
        try (org.jline.terminal.Terminal screen =
                TerminalBuilder.builder().name("tarn").provider("exec").build()) {
            terminal.say("Lake '" + lake.name() + "'. Statements end with ;  help explains more, Ctrl-D leaves.");
            run(screen);
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.EXTERNAL,
                    "TERMINAL",
                    "Cannot use this terminal: " + e.getMessage() + ". Give the statement in quotes, or use --file.",
                    e);
        }
    }

    void run(org.jline.terminal.Terminal screen) {
        try (LakeSql sql = LakeSql.inOneSession(lake)) {
            LineReader reader = reader(screen, sql);
            Next next = Next.GO_ON;
            while (next == Next.GO_ON) {
                try {
                    next = answer(reader.readLine(lake.name() + "> "), screen, sql);
                } catch (UserInterruptException e) {
                    // Ctrl-C at the prompt: what was typed is forgotten.
                    next = Next.GO_ON;
                } catch (EndOfFileException e) {
                    next = Next.LEAVE;
                }
            }
        }
    }

    private LineReader reader(org.jline.terminal.Terminal screen, LakeSql sql) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(screen)
                .parser(new StatementParser())
                .completer(new NameCompleter(sql::names))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P -> ")
                .variable(LineReader.HISTORY_SIZE, KEPT_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, KEPT_LINES)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                // An exclamation mark is SQL here.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        HistoryFile.of(lake).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
    }

    private Next answer(String line, org.jline.terminal.Terminal screen, LakeSql sql) {
        Next next = Next.GO_ON;
        try {
            if (ShellCommand.isOne(line)) {
                List<String> command = ShellCommand.split(line);
                next = obey(command.get(0), command.get(1), screen, sql);
            } else {
                for (SqlScript.Statement statement : SqlScript.parse(line).all()) {
                    run(statement.textAtItsLine(), screen, sql);
                }
            }
        } catch (TarnException | ServerFailure e) {
            terminal.say(String.valueOf(e.getMessage()));
        }
        terminal.flush();
        return next;
    }

    private Next obey(String command, String argument, org.jline.terminal.Terminal screen, LakeSql sql) {
        switch (command) {
            case "\\q" -> {
                return Next.LEAVE;
            }
            case "\\?" -> terminal.data().println(ShellCommand.HELP);
            case "\\timing" -> {
                timing = timing == Timing.SHOWN ? Timing.HIDDEN : Timing.SHOWN;
                terminal.say(timing == Timing.SHOWN ? "Timing is on." : "Timing is off.");
            }
            case "\\o" -> chooseOutput(argument);
            case "\\d" -> {
                if (argument.isEmpty()) {
                    terminal.data().print(tables(sql.names()).render(output, terminal.dataColours()));
                } else {
                    run("DESCRIBE TABLE " + argument, screen, sql);
                }
            }
            default ->
                throw new TarnException(
                        ErrorKind.USER,
                        "USAGE",
                        "Cannot do '" + command + "': there is no such command. 'help' shows them all.");
        }
        return Next.GO_ON;
    }

    private void chooseOutput(String format) {
        try {
            output = OutputFormat.parse(format);
        } catch (TypeConversionException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot print as '" + format + "': there are table, json and csv. Name one of them.",
                    e);
        }
    }

    private static Table tables(CatalogNames names) {
        Table list = new Table("database", "table", "columns");
        for (String database : names.databases()) {
            names.tables().stream()
                    .filter(table -> table.database().equals(database))
                    .forEach(table -> list.add(Cell.text(database), Cell.text(table.table()), Cell.number((long)
                            table.columns().size())));
        }
        return list;
    }

    private void run(String statement, org.jline.terminal.Terminal screen, LakeSql sql) {
        long start = System.nanoTime();
        SignalHandler before = screen.handle(Signal.INT, signal -> sql.cancel());
        QueryResult result;
        try {
            result = Waiting.during(terminal, "running the statement", () -> sql.run(statement, options));
        } finally {
            screen.handle(Signal.INT, before);
        }
        new ResultPrinter(terminal).print(result, output);
        if (timing == Timing.SHOWN) {
            double seconds = (System.nanoTime() - start) / 1e9;
            String rows =
                    result.columns().isEmpty() ? "done" : rows(result.rows().size());
            terminal.say(String.format(Locale.ROOT, "(%s, %.2f s)", rows, seconds));
        }
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }
}

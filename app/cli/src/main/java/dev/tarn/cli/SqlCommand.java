package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeSql;
import dev.tarn.cli.server.QueryResult;
import dev.tarn.cli.server.ServerFailure;
import dev.tarn.cli.server.SqlOptions;
import dev.tarn.cli.shell.SqlShell;
import dev.tarn.cli.sql.ResultPrinter;
import dev.tarn.cli.sql.SqlEngine;
import dev.tarn.cli.sql.SqlScript;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        description = "Run SQL on the lake: statements in quotes or from a file; without any, in a shell.")
final class SqlCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(
            arity = "0..1",
            paramLabel = "SQL",
            description = "A statement, in quotes; or several with ; between them.")
    private @Nullable String sql;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Take the statements from a file in UTF-8; - is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--max-rows",
            paramLabel = "ROWS",
            description = "How many rows at most. Default: sql.max-rows in lake.yaml, or 1000.")
    private @Nullable Integer maxRows;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long a statement may take before it is cancelled. Default: sql.timeout in lake.yaml, or"
                    + " 60.")
    private @Nullable Integer timeout;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "auto: DuckDB over the files of tables on this machine, where it gives the same answer, else"
                    + " Spark; fast: DuckDB or nothing; or spark. Where it is given, the engine that ran is said, and why."
                    + " Default: auto.")
    private @Nullable SqlEngine engine;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            description =
                    "Read every table as it was then: a time of the source (2026-11-22T10:00:00Z; without a zone it"
                            + " is UTC), -2h, a position of the source's log (0/2A3F10), or a table's instant.")
    private @Nullable String asOf;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SqlCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        SqlOptions options = new SqlOptions(
                maxRows,
                timeout == null ? null : Duration.ofSeconds(timeout),
                asOf,
                engine == null ? null : engine.toString());
        requirePositive("--max-rows", maxRows);
        requirePositive("--timeout", timeout);
        if (sql != null && file != null) {
            throw usage("a statement and a file at once are one too many; give one of them.");
        }
        LakeLocation lake = tarn.lake();
        if (sql != null) {
            run(lake, SqlScript.parse(sql).all(), options, "");
        } else if (file != null) {
            SqlFile script = new SqlFile(tarn.resolve(file), file);
            run(lake, SqlScript.parse(script.read()).all(), options, script.name());
        } else if (Terminal.isInteractive()) {
            new SqlShell(lake, tarn.terminal(), options, output).run();
        } else {
            throw usage("there is no statement, and no terminal to type one. Give it in quotes, or use --file FILE; -"
                    + " is standard input.");
        }
        return 0;
    }

    private static void requirePositive(String option, @Nullable Integer number) {
        if (number != null && number < 1) {
            throw usage(option + " is " + number + ". Give it a number from 1 on.");
        }
    }

    private static TarnException usage(String reason) {
        return new TarnException(ErrorKind.USER, "USAGE", "Cannot run SQL: " + reason);
    }

    /** @param from what the statements were read from; empty for the command line */
    private void run(LakeLocation lake, List<SqlScript.Statement> statements, SqlOptions options, String from) {
        if (statements.isEmpty()) {
            throw usage(
                    "there is no statement in " + (from.isEmpty() ? "the quotes" : "'" + from + "'") + ". Write one.");
        }
        Terminal terminal = tarn.terminal();
        ResultPrinter printer = new ResultPrinter(terminal);
        try (LakeSql sql = statements.size() == 1 ? LakeSql.of(lake) : LakeSql.inOneSession(lake);
                CancelAtExit hook = CancelAtExit.of(sql)) {
            for (SqlScript.Statement statement : statements) {
                QueryResult result;
                try {
                    result = Waiting.during(
                            terminal, "running the statement", () -> sql.run(statement.textAtItsLine(), options));
                } catch (ServerFailure e) {
                    throw statements.size() == 1 && from.isEmpty()
                            ? e
                            : e.at((from + " line " + statement.line()).strip());
                }
                printer.print(result, output);
                terminal.flush();
            }
        }
    }
}

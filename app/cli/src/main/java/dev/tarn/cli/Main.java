package dev.tarn.cli;

import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.terminal.Terminal;
import java.nio.file.Path;

/** Starts the command. */
public final class Main {
    private Main() {}

    /** Ends the JVM with the exit code of the command. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofThisProcess();
        TarnCommand tarn = new TarnCommand(
                terminal, ProgramHome.ofThisProcess(), Path.of("").toAbsolutePath());
        Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> exit(terminal, report(tarn, fault)));
        exit(terminal, run(tarn, args));
    }

    /** Runs one command and returns its exit code; all exceptions are told to the user here. */
    static int run(TarnCommand tarn, String... args) {
        ErrorReport report = new ErrorReport(tarn);
        int exitCode = Commands.commandLine(tarn, args)
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report)
                .execute(args);
        tarn.terminal().flush();
        return exitCode;
    }

    private static int report(TarnCommand tarn, Throwable fault) {
        return new ErrorReport(tarn).unexpected("tarn", fault);
    }

    private static void exit(Terminal terminal, int exitCode) {
        terminal.flush();
        System.exit(exitCode);
    }
}

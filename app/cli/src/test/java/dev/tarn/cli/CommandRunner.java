package dev.tarn.cli;

import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Terminal.Look;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs the command in this JVM, as from a shell in a directory. */
final class CommandRunner {
    private final Path directory;
    private final Path home;

    CommandRunner(Path directory, Path home) {
        this.directory = directory;
        this.home = home;
    }

    Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(stream(out), stream(err), Look.PLAIN, Look.PLAIN);
        int exitCode = Main.run(new TarnCommand(terminal, new ProgramHome(home), directory), args);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    /** What a command left: data on standard output, words on standard error. */
    record Result(int exitCode, String out, String err) {}
}

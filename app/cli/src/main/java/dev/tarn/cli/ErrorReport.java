package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.lake.Nearest;
import dev.tarn.cli.server.ServerFailure;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong in one line, and chooses the exit code. Stack traces go to a file. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Terminal terminal;
    private final TarnCommand tarn;

    ErrorReport(TarnCommand tarn) {
        this.terminal = tarn.terminal();
        this.tarn = tarn;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (args.length == 0) {
            command.usage(command.getErr());
            return ErrorKind.USER.exitCode();
        }
        say(new TarnException(
                ErrorKind.USER,
                "USAGE",
                "Cannot run '" + name + "': " + reason(e, command) + " 'tarn help" + name.substring("tarn".length())
                        + "' explains it."));
        return ErrorKind.USER.exitCode();
    }

    private static String reason(ParameterException e, CommandLine command) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                return unknown(
                        "option", word, command.getCommandSpec().optionsMap().keySet());
            }
            Set<String> commands = command.getSubcommands().keySet();
            return unknown(commands.isEmpty() ? "argument" : "command", word, commands);
        }
        String message = String.valueOf(e.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".");
    }

    private static String unknown(String kind, String word, Collection<String> known) {
        return "there is no " + kind + " '" + word + "'."
                + Nearest.find(word, known)
                        .map(nearest -> " Did you mean '" + nearest + "'?")
                        .orElse("");
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        if (e instanceof TarnException expected) {
            say(expected);
            return expected.kind().exitCode();
        }
        if (e instanceof ServerFailure failure) {
            say(failure);
            return failure.exitCode();
        }
        return unexpected(command.getCommandSpec().qualifiedName(), e);
    }

    /** A fault of the program itself. */
    int unexpected(String command, Throwable fault) {
        say(new TarnException(
                ErrorKind.INTERNAL,
                "INTERNAL",
                "Cannot run '" + command + "': internal fault, "
                        + fault.toString().lines().findFirst().orElse("") + ". Details are in " + write(fault)
                        + "."));
        return ErrorKind.INTERNAL.exitCode();
    }

    private void say(RuntimeException fault) {
        terminal.say(String.valueOf(fault.getMessage()));
    }

    private String write(Throwable fault) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        String details = Instant.now() + " tarn " + Version.ofThisProgram() + ", JDK "
                + System.getProperty("java.runtime.version") + "\n" + trace;
        try {
            Path log = logFile();
            Files.writeString(
                    log, details, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return log.toString();
        } catch (IOException e) {
            return "no file, as none can be written: " + details;
        }
    }

    private Path logFile() throws IOException {
        Path logs = tarn.findLake()
                .map(LakeLocation::logs)
                .filter(Files::isWritable)
                .orElse(null);
        return logs == null ? Files.createTempFile("tarn-", ".log") : logs.resolve("cli.log");
    }
}

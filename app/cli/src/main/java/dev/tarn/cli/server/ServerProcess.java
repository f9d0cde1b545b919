package dev.tarn.cli.server;

import dev.tarn.cli.lake.Faults;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.lake.LogFile;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server process that this command started. */
public final class ServerProcess {
    private static final int KILLED = 128 + 9;
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final LakeLocation lake;
    private final Process process;
    private final String purpose;
    private final long logStart;

    private ServerProcess(LakeLocation lake, Process process, String purpose, long logStart) {
        this.lake = lake;
        this.process = process;
        this.purpose = purpose;
        this.logStart = logStart;
    }

    /** Starts the server of a lake; it goes on when this command ends. */
    public static ServerProcess start(
            ProgramHome home, LakeLocation lake, @Nullable String profile, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("up", lake.directory().toString()));
        if (profile != null) {
            arguments.addAll(List.of("--profile", profile));
        }
        arguments.addAll(options);
        return launch(lake, "start", new ServerCommand(home).detached(arguments));
    }

    /** Ends what a killed server left running, and waits until it is gone. */
    public static void stopOrphans(ProgramHome home, LakeLocation lake) {
        List<String> arguments = List.of("stop", lake.directory().toString());
        ServerProcess stop = launch(lake, "stop", new ServerCommand(home).attached(arguments));
        try {
            if (!stop.process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TarnException(
                        ErrorKind.RESOURCES,
                        "STOP_TIMEOUT",
                        "Cannot stop the leftovers of lake '" + lake.name() + "' within " + STOP_LIMIT.toSeconds()
                                + " s. See 'tarn logs server', and try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (stop.process.exitValue() != 0) {
            throw stop.failure();
        }
    }

    private static ServerProcess launch(LakeLocation lake, String purpose, List<String> command) {
        Path log = lake.logs().resolve("server.log");
        try {
            createPrivately(lake.state());
            Files.createDirectories(lake.logs());
            Files.createDirectories(lake.run());
            Files.deleteIfExists(startError(lake));
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process = new ProcessBuilder(command)
                    .directory(lake.directory().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ServerProcess(lake, process, purpose, logStart);
        } catch (IOException e) {
            if (Faults.isFull(lake.directory())) {
                throw new TarnException(ErrorKind.RESOURCES, "DISK_FULL", diskFull(lake, purpose), e);
            }
            throw new TarnException(
                    ErrorKind.USER,
                    "STATE_NOT_WRITABLE",
                    "Cannot " + purpose + " lake '" + lake.name() + "': " + Faults.reason(e)
                            + ". Make the directory writable for you, or run tarn as its owner.",
                    e);
        }
    }

    private static void createPrivately(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static Path startError(LakeLocation lake) {
        return lake.run().resolve("start-error.txt");
    }

    /** The process id, which the server keeps for life. */
    public long pid() {
        return process.pid();
    }

    /** The server's API, once it listens. A server that ended is an error that carries its own message. */
    public Optional<ServerClient> findClient() {
        if (!process.isAlive()) {
            throw failure();
        }
        return ServerNote.find(lake).filter(note -> note.pid() == process.pid()).map(ServerClient::new);
    }

    private ServerFailure failure() {
        int exitCode = process.exitValue();
        try {
            Path message = startError(lake);
            if (Files.exists(message)) {
                String text = Files.readString(message).strip();
                return new ServerFailure(exitCode == 0 ? ErrorKind.INTERNAL.exitCode() : exitCode, text);
            }
        } catch (IOException e) {
            // The log must do.
        }
        // On a full disk neither the reason nor the log could be written.
        if (Faults.isFull(lake.directory())) {
            return new ServerFailure(ErrorKind.RESOURCES.exitCode(), diskFull(lake, purpose) + " [DISK_FULL]");
        }
        ErrorKind kind = exitCode == KILLED ? ErrorKind.RESOURCES : ErrorKind.INTERNAL;
        return new ServerFailure(kind.exitCode(), unexplained(exitCode));
    }

    private static String diskFull(LakeLocation lake, String purpose) {
        return "Cannot " + purpose + " lake '" + lake.name() + "': the disk of '" + lake.directory()
                + "' is full. Make room on it and try again.";
    }

    private String unexplained(int exitCode) {
        Path log = lake.logs().resolve("server.log");
        List<String> end = LogFile.lastLines(log, logStart, 15);
        String message = "Cannot " + purpose + " lake '" + lake.name() + "': the server (process " + process.pid()
                + ") ended with exit code " + exitCode + " and gave no reason. "
                + (end.isEmpty() ? "Its log says nothing: " : "The end of its log follows; all of it: ") + log
                + " [SERVER_ENDED]";
        return end.isEmpty() ? message : message + "\n  " + String.join("\n  ", end);
    }
}

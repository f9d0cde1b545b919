package dev.tarn.cli.server;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.Processes;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a server writes about itself, in {@code .tarn/run/server.json}, once it listens.
 *
 * @param token opens its API
 * @param startedAt as the server wrote it
 */
public record ServerNote(long pid, String url, String token, String startedAt, String user) {
    static final String FILE = "server.json";

    // A server writes its note seconds after its process began, and the clock of processes is a second coarse.
    private static final Duration CLOCK_COARSENESS = Duration.ofSeconds(2);

    /** The note of a server whose process lives. */
    public static Optional<ServerNote> find(LakeLocation lake) {
        lake.requireReadableState();
        Path file = lake.run().resolve(FILE);
        try {
            JsonFields fields = JsonFields.parse(Files.readString(file));
            return Optional.of(new ServerNote(
                            fields.number("pid"),
                            fields.text("url"),
                            fields.text("token"),
                            fields.text("startedAt"),
                            fields.text("user")))
                    .filter(ServerNote::isAlive);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "SERVER_NOTE",
                    "Cannot read '" + file + "': " + e.getMessage() + ". Delete it if no server of lake '" + lake.name()
                            + "' runs.",
                    e);
        }
    }

    /** Whether the process lives that wrote this note; a younger process with the same id did not. */
    public boolean isAlive() {
        return Processes.isAlive(pid)
                && ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .filter(start -> start.isAfter(Instant.parse(startedAt).plus(CLOCK_COARSENESS)))
                        .isEmpty();
    }

    @Override
    public String toString() {
        return "process " + pid + " of user " + user + " at " + url;
    }
}

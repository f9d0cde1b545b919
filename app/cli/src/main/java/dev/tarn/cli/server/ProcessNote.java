package dev.tarn.cli.server;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.model.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service's process that still runs, found through the note that its server keeps in {@code .tarn/run/}.
 *
 * @param name the service
 */
public record ProcessNote(String name, long pid) {
    private static final Duration SAME_START = Duration.ofSeconds(1);

    /** The processes that run according to the notes, by name: orphans, where no server runs. */
    public static List<ProcessNote> loadRunning(LakeLocation lake) {
        lake.requireReadableState();
        List<ProcessNote> running = new ArrayList<>();
        for (Path file : files(lake)) {
            try {
                JsonFields note = JsonFields.parse(Files.readString(file));
                long pid = note.number("pid");
                Instant start = Instant.ofEpochMilli(note.number("startedAtMillis"));
                if (Processes.find(pid, start, SAME_START).isPresent()) {
                    running.add(new ProcessNote(note.text("name"), pid));
                }
            } catch (IOException e) {
                // A note that cannot be read names no process. The server tidies them up.
            }
        }
        return running;
    }

    private static List<Path> files(LakeLocation lake) {
        if (!Files.isDirectory(lake.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lake.run())) {
            return files.filter(file -> file.toString().endsWith(".json") && !file.endsWith(ServerNote.FILE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}

package dev.tarn.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of ours, started now or adopted from a server that was killed. */
final class OwnedProcess {
    private final ProcessHandle handle;
    private final Path note;
    private final Optional<Path> archive;

    private OwnedProcess(ProcessHandle handle, Path note, Optional<Path> archive) {
        this.handle = handle;
        this.note = note;
        this.archive = archive;
    }

    /** Starts it, its output appended to the log, and leaves a note for the next server. */
    static OwnedProcess start(String name, ProcessSpec spec, Path log, Path note) throws IOException {
        Files.createDirectories(spec.directory());
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .directory(spec.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                // Appending matters: rotation copies and truncates the file under a running process.
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(spec.environment());
        ProcessHandle handle = builder.start().toHandle();
        ProcessRecord.of(name, handle, spec.fingerprint()).save(note);
        return new OwnedProcess(handle, note, spec.archive());
    }

    static OwnedProcess adopt(ProcessHandle handle, Path note) {
        return new OwnedProcess(handle, note, Optional.empty());
    }

    long pid() {
        return handle.pid();
    }

    ProcessHandle handle() {
        return handle;
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    CompletableFuture<ProcessHandle> onExit() {
        return handle.onExit();
    }

    /** Whether its end takes some seconds longer, for an archive that makes later starts fast. */
    boolean writesArchive() {
        return archive.isPresent();
    }

    Duration uptime() {
        Instant start = handle.info().startInstant().orElseGet(Instant::now);
        Duration uptime = Duration.between(start, Instant.now());
        return uptime.isNegative() ? Duration.ZERO : uptime;
    }

    /**
     * Ends it with the given signal, or by force after the limit, children included.
     *
     * @return whether it ended in good order
     */
    boolean stop(String signal, Duration limit) {
        boolean orderly = true;
        if (handle.isAlive()) {
            send(signal);
            orderly = awaitExit(limit);
            if (!orderly) {
                handle.descendants().forEach(ProcessHandle::destroyForcibly);
                handle.destroyForcibly();
                awaitExit(Duration.ofSeconds(10));
            }
        }
        forget(orderly);
        return orderly;
    }

    /** Removes the note of a process that has ended; an archive from a violent end is not to be trusted. */
    void forget(boolean orderly) {
        try {
            Files.deleteIfExists(note);
            if (archive.isPresent() && Files.exists(archive.orElseThrow())) {
                if (orderly) {
                    String name = String.valueOf(archive.orElseThrow().getFileName());
                    Path place = archive.orElseThrow().resolveSibling(name.substring(0, name.lastIndexOf('.')));
                    deleteOlderThan(place);
                    Files.move(
                            archive.orElseThrow(),
                            place,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.delete(archive.orElseThrow());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Archives of earlier builds are 50 to 150 MB each and nobody reads them.
    private static void deleteOlderThan(Path archive) throws IOException {
        String name = String.valueOf(archive.getFileName());
        String prefix = name.substring(0, name.lastIndexOf('-') + 1);
        try (java.util.stream.Stream<Path> files =
                Files.list(archive.resolveSibling(".").normalize())) {
            for (Path file : files.toList()) {
                String other = String.valueOf(file.getFileName());
                if (other.startsWith(prefix) && other.endsWith(".jsa")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void send(String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + handle.pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            handle.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handle.destroy();
        }
    }

    private boolean awaitExit(Duration limit) {
        try {
            handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }
}

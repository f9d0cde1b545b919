package dev.tarn.services;

import dev.tarn.model.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of ours, started now or adopted from a server that was killed. */
final class OwnedProcess {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ProcessHandle handle;
    private final Path note;
    private final Optional<Path> archive;
    private final Optional<Process> child;

    private OwnedProcess(ProcessHandle handle, Path note, Optional<Path> archive, Optional<Process> child) {
        this.handle = handle;
        this.child = child;
        this.note = note;
        this.archive = archive;
    }

    /**
     * Starts it, its output appended to the log, and leaves a note for the next server.
     *
     * @param stopSignal what ends it in good order
     */
    static OwnedProcess start(String name, ProcessSpec spec, Path log, Path note, String stopSignal)
            throws IOException {
        Files.createDirectories(spec.directory());
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .directory(spec.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                // Appending matters: rotation copies and truncates the file under a running process.
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(spec.environment());
        Process child = builder.start();
        try {
            ProcessRecord.of(name, child.toHandle(), spec.fingerprint(), stopSignal)
                    .save(note);
        } catch (RuntimeException e) {
            // Without a note nobody would ever find it again.
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
            throw e;
        }
        return new OwnedProcess(child.toHandle(), note, spec.archive(), Optional.of(child));
    }

    static OwnedProcess adopt(ProcessHandle handle, Path note) {
        return new OwnedProcess(handle, note, Optional.empty(), Optional.empty());
    }

    long pid() {
        return handle.pid();
    }

    ProcessHandle handle() {
        return handle;
    }

    boolean isAlive() {
        return Processes.isAlive(handle);
    }

    /** How it ended, in words that follow its name; an adopted process tells no exit code. */
    String end() throws InterruptedException {
        // The JDK learns of the end a moment later than we may have seen it.
        return child.isPresent() && child.orElseThrow().waitFor(1, TimeUnit.SECONDS)
                ? ProcessEnd.words(child.orElseThrow().exitValue())
                : "ended by itself";
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
        if (isAlive()) {
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

    // The JDK waits for the end of an adopted process as long as it is a zombie: look ourselves, now and then.
    private boolean awaitExit(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (isAlive() && System.nanoTime() < deadline) {
                waitFor(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !isAlive();
    }

    private void waitFor(Duration limit) throws InterruptedException {
        if (child.isPresent()) {
            child.orElseThrow().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            TimeUnit.MILLISECONDS.sleep(limit.toMillis());
        }
    }
}

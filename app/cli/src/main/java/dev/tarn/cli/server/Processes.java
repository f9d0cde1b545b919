package dev.tarn.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Questions about processes of this machine. */
final class Processes {
    private Processes() {}

    /** Whether a process lives. A dead one that its parent has not asked about (a zombie) does not. */
    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !isZombie(pid);
    }

    /** Whether it lives and is the one that started then: process ids are used again. */
    static boolean isRunning(long pid, Instant start, Duration tolerance) {
        return isAlive(pid)
                && ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .filter(actual -> Duration.between(start, actual).abs().compareTo(tolerance) <= 0)
                        .isPresent();
    }

    // In a container whose first process collects no children, an ended server stays a zombie for ever.
    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc/" + pid + "/stat");
        try {
            String text = Files.exists(stat) ? Files.readString(stat) : "";
            return text.startsWith(") Z", text.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }
}

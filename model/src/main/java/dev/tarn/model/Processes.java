package dev.tarn.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which processes of this machine live. The server and the command must agree on it: both read the lake's notes. */
public final class Processes {
    private Processes() {}

    /** Whether a process lives. A dead one that its parent has not asked about (a zombie) does not. */
    public static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(Processes::isAlive).isPresent();
    }

    /** The same for a handle; {@link ProcessHandle#isAlive} alone takes a zombie for alive. */
    public static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** The process, if it lives and is the one that started then: process ids are used again. */
    public static Optional<ProcessHandle> find(long pid, Instant start, Duration tolerance) {
        return ProcessHandle.of(pid)
                .filter(Processes::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(actual -> Duration.between(start, actual).abs().compareTo(tolerance) <= 0)
                        .isPresent());
    }

    // In a container whose first process collects no children, a process that ended stays a zombie for ever.
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

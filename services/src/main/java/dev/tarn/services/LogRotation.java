package dev.tarn.services;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps log files from growing without end. The writers are other programs which hold their log open for appending, so a
 * full log is copied aside and cut to nothing, as {@code logrotate} does with {@code copytruncate}; lines written
 * between the two steps may be lost.
 *
 * @param maxBytes the size from which a log is rotated
 * @param kept how many old files are kept, {@code <service>.log.1} the newest
 */
record LogRotation(long maxBytes, int kept) {
    static final LogRotation STANDARD = new LogRotation(10L * 1024 * 1024, 3);

    /** Rotates every log in the folder that is over its size. */
    void rotate(Path folder) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : logs) {
            if (Files.size(log) > maxBytes) {
                for (int age = kept - 1; age >= 1; age--) {
                    Path older = numbered(log, age);
                    if (Files.exists(older)) {
                        Files.move(older, numbered(log, age + 1), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                Files.copy(log, numbered(log, 1), StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        }
    }

    private static Path numbered(Path log, int age) {
        return log.resolveSibling(log.getFileName() + "." + age);
    }
}

package dev.tarn.processes.topics.replay;

import dev.tarn.processes.topics.kafka.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** Held by the one process that publishes a file to a topic. The operating system lets go when that process ends. */
final class ReplayLock implements AutoCloseable {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long PAUSE_NANOS = 100_000_000;

    private final FileChannel channel;

    private ReplayLock(FileChannel channel) {
        this.channel = channel;
    }

    static ReplayLock acquire(Path path, String file, String topic) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        // One whose command was killed ends within moments.
        for (long deadline = System.nanoTime() + PATIENCE_NANOS; lock == null && System.nanoTime() < deadline; ) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = channel.tryLock();
        }
        if (lock == null) {
            channel.close();
            throw Refusal.user(
                    "REPLAY_RUNNING",
                    "Cannot publish '" + file + "' to topic '" + topic
                            + "': another process does so right now. Wait for its end, or end it.");
        }
        return new ReplayLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package dev.tarn.server;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one server alone run a lake. The operating system holds the lock and lets it go when the process ends, however it
 * ends; the file beside it says who holds it.
 */
final class LakeLock implements AutoCloseable {
    // 'tarn down' and 'tarn status' touch the lock for a moment to learn whether anybody holds it.
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    /** What the holder does, in words that follow its name. */
    enum Purpose {
        RUN_LAKE("runs it"),
        END_LEFTOVERS("ends what a killed server of it left behind");

        private final String words;

        Purpose(String words) {
            this.words = words;
        }
    }

    private final FileChannel channel;

    private LakeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or says who holds it. */
    static LakeLock acquire(LakeDirectory lake, Purpose purpose) throws IOException {
        // Two files: a holder's words must stay readable for others while the lock is held, and be gone or old
        // otherwise.
        Path holder = lake.state().resolve("lock.holder");
        FileChannel channel =
                FileChannel.open(lake.state().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            String who = Files.exists(holder) ? Files.readString(holder).trim() : "another process";
            throw new TarnException(
                    ErrorKind.USER,
                    "LAKE_RUNNING",
                    "Cannot start the lake in '" + lake.root() + "': " + who
                            + ". 'tarn status' shows it, 'tarn down' stops it.");
        }
        String words = "process " + ProcessHandle.current().pid() + " of user " + System.getProperty("user.name") + " "
                + purpose.words + " since " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (FileChannel file = FileChannel.open(
                holder, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
        }
        return new LakeLock(channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable FileLock lock = channel.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            lock = channel.tryLock();
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

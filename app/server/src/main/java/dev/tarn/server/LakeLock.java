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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one server alone run a lake. The operating system holds the lock and lets it go when the process ends, however it
 * ends; the file beside it says who holds it.
 */
final class LakeLock implements AutoCloseable {
    private final FileChannel channel;

    private LakeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or says who holds it. */
    static LakeLock acquire(LakeDirectory lake) throws IOException {
        // Two files: a holder's words must stay readable for others while the lock is held, and be gone or old
        // otherwise.
        Path holder = lake.state().resolve("lock.holder");
        FileChannel channel =
                FileChannel.open(lake.state().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            String who = Files.exists(holder) ? Files.readString(holder).trim() : "another process";
            throw new TarnException(
                    ErrorKind.USER,
                    "LAKE_RUNNING",
                    "Cannot start the lake in '" + lake.root() + "': " + who
                            + ". 'tarn status' shows it, 'tarn down' stops it.");
        }
        String words = "process " + ProcessHandle.current().pid() + " of user " + System.getProperty("user.name")
                + " runs it since " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (FileChannel file = FileChannel.open(
                holder, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
        }
        return new LakeLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

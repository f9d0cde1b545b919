package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.TableDescription;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One writer owns a table. On a local file system a file in the table is locked through the operating system, which
 * lets go when the process dies, however it dies; two class loaders of one process are kept apart as well.
 */
interface TableLock extends AutoCloseable {

    @Override
    void close();

    /** @throws TarnException EXTERNAL, STORE_LOCKED, when another writer has the table */
    static TableLock acquire(TableDescription table, HudiSettings settings) throws IOException {
        URI location = table.location();
        if (location.getScheme() == null || location.getScheme().equals("file")) {
            return LocalLock.acquire(table.fullName(), Path.of(location.getPath()));
        }
        return LeaseLock.acquire(table.fullName(), settings);
    }

    static TarnException taken(String tableName, Object file, String owner) {
        return new TarnException(
                ErrorKind.EXTERNAL,
                "STORE_LOCKED",
                "Cannot write table '" + tableName + "': another writer has it, " + owner + ", by '" + file
                        + "'. Stop that writer, or give this one another table.");
    }

    /** A lock of the operating system. */
    final class LocalLock implements TableLock {
        private final FileChannel channel;

        private LocalLock(FileChannel channel) {
            this.channel = channel;
        }

        static LocalLock acquire(String tableName, Path tableFolder) throws IOException {
            Path file = tableFolder.resolve(".hoodie/.aux/tarn-writer.lock");
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(file);
                channel.close();
                throw taken(tableName, file, owner);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new LocalLock(channel);
        }

        private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException e) {
                return null;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}

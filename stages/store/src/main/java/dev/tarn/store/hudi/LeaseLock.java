package dev.tarn.store.hudi;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hudi.storage.HoodieStorage;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.storage.hadoop.HoodieHadoopStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease for tables on object stores: a small object that its owner writes anew every third of its life. A lease not
 * renewed for its whole life is dead and may be taken over. Two writers that take over a dead lease in the same instant
 * are told apart by reading back who won.
 */
final class LeaseLock implements TableLock {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLock.class);
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final long SETTLE_MILLIS = 500;

    private final HoodieStorage storage;
    private final StoragePath file;
    private final String owner;
    private final ScheduledExecutorService renewal;

    @SuppressWarnings("FutureReturnValueIgnored") // The task handles what can go wrong, and ends with the executor.
    private LeaseLock(HoodieStorage storage, StoragePath file, String owner, ScheduledExecutorService renewal) {
        this.storage = storage;
        this.file = file;
        this.owner = owner;
        this.renewal = renewal;
        long period = LIFE.toMillis() / 3;
        renewal.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    static LeaseLock acquire(String tableName, HudiSettings settings) throws IOException {
        StoragePath file = new StoragePath(settings.basePath(), ".hoodie/.aux/tarn-writer.lease");
        HoodieStorage storage = new HoodieHadoopStorage(file, settings.storage());
        String current = read(storage, file);
        if (!current.isEmpty() && expiry(current) > System.currentTimeMillis()) {
            throw TableLock.taken(tableName, file, owner(current));
        }
        String owner = "process " + ProcessHandle.current().pid() + " (" + UUID.randomUUID() + ")";
        write(storage, file, owner);
        ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tarn-lease");
            thread.setDaemon(true);
            return thread;
        });
        String winner = readLater(storage, file, renewal);
        if (!owner(winner).equals(owner)) {
            renewal.shutdownNow();
            throw TableLock.taken(tableName, file, owner(winner));
        }
        return new LeaseLock(storage, file, owner, renewal);
    }

    /** Long enough for a rival who saw the same dead lease to have written his. */
    private static String readLater(HoodieStorage storage, StoragePath file, ScheduledExecutorService executor)
            throws IOException {
        try {
            return executor.schedule(() -> read(storage, file), SETTLE_MILLIS, TimeUnit.MILLISECONDS)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private void renew() {
        try {
            write(storage, file, owner);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot renew the lease '{}': {}. It is tried again.", file, e.getMessage());
        }
    }

    private static String read(HoodieStorage storage, StoragePath file) throws IOException {
        try (var in = storage.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    private static void write(HoodieStorage storage, StoragePath file, String owner) throws IOException {
        try (var out = storage.create(file, true)) {
            out.write(((System.currentTimeMillis() + LIFE.toMillis()) + " " + owner).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long expiry(String lease) {
        return Long.parseLong(lease.substring(0, lease.indexOf(' ')));
    }

    private static String owner(String lease) {
        return lease.substring(lease.indexOf(' ') + 1);
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            storage.deleteFile(file);
        } catch (IOException e) {
            LOG.warn("Cannot remove the lease '{}': {}. It expires by itself.", file, e.getMessage());
        }
    }
}

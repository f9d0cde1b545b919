package dev.tarn.processes.engine.merged;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.processes.engine.hudi.TableSnapshot;
import dev.tarn.processes.engine.hudi.TableSnapshot.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;

/** The slices of snapshots that have logs, each merged once. */
public final class MergedSlices {
    private static final int AT_ONCE = 2;

    private final SparkSession session;
    private final FileCache cache;
    private final Path scratch;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "merge");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Keeps merged slices of an earlier process.
     *
     * @param session the settings of which hold for reading, whoever asks
     * @param folder of what is merged, and of nothing else
     * @param scratch a folder for what does not fit into memory
     * @param keptBytes all files that are kept together
     */
    public MergedSlices(SparkSession session, Path folder, Path scratch, long keptBytes) {
        this.session = session;
        this.cache = new FileCache(folder, keptBytes);
        this.scratch = scratch;
    }

    /** Parquet files that stay until this is closed. */
    public static final class Merged implements AutoCloseable {
        private final List<FileCache.Use> uses = new ArrayList<>();

        public List<Path> files() {
            return uses.stream().map(FileCache.Use::file).toList();
        }

        @Override
        public void close() {
            uses.forEach(FileCache.Use::close);
        }
    }

    /**
     * The rows of those slices of a snapshot that have logs, with all columns of the table.
     *
     * @param mostBytes of base files and logs are merged
     * @param isCancelled is asked now and then; if it is so, this fails
     * @throws IOException with the reason, if they cannot be merged, or are more
     */
    public Merged open(TableSnapshot snapshot, long mostBytes, BooleanSupplier isCancelled) throws IOException {
        Merged merged = new Merged();
        boolean done = false;
        try {
            List<Slice> missing = new ArrayList<>();
            byte[] rules = sha256(snapshot.rules());
            for (Slice slice : snapshot.slices()) {
                if (slice.hasLogs()) {
                    Optional<FileCache.Use> use = cache.find(name(slice, rules));
                    use.ifPresentOrElse(merged.uses::add, () -> missing.add(slice));
                }
            }
            requireAtMost(mostBytes, missing);
            if (!missing.isEmpty()) {
                merge(snapshot, missing, rules, isCancelled, merged);
            }
            done = true;
            return merged;
        } finally {
            if (!done) {
                merged.close();
            }
        }
    }

    private static void requireAtMost(long mostBytes, List<Slice> slices) throws IOException {
        long bytes = slices.stream().mapToLong(Slice::bytes).sum();
        if (bytes > mostBytes) {
            throw new IOException("there are " + (bytes >> 20) + " MiB to merge, more than the " + (mostBytes >> 20)
                    + " MiB for which that pays");
        }
    }

    private void merge(
            TableSnapshot snapshot, List<Slice> slices, byte[] rules, BooleanSupplier isCancelled, Merged merged)
            throws IOException {
        Files.createDirectories(scratch);
        SliceMerge merge = new SliceMerge(session, snapshot, scratch);
        List<Callable<FileCache.Use>> tasks = new ArrayList<>();
        for (Slice slice : slices) {
            tasks.add(() -> cache.findOrMake(name(slice, rules), file -> merge.merge(slice, file, isCancelled)));
        }
        IOException failure = null;
        for (Future<FileCache.Use> task : invoke(tasks)) {
            try {
                merged.uses.add(task.get());
            } catch (ExecutionException e) {
                failure = new IOException(String.valueOf(rootCause(e).getMessage()), e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Future<FileCache.Use>> invoke(List<Callable<FileCache.Use>> tasks) throws IOException {
        try {
            return threads.invokeAll(tasks);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("the merge was interrupted", e);
    }

    private static Throwable rootCause(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Of the file with a slice's rows; another one once the rows may differ. */
    private static String name(Slice slice, byte[] rules) {
        String hash = HexFormat.of().formatHex(sha256(HexFormat.of().formatHex(rules) + slice.content()), 0, 12);
        return slice.files().getFileId() + "_" + slice.files().getBaseInstantTime() + "_" + hash + ".parquet";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

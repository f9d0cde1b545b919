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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;

/** The slices of snapshots that have logs: what is in them, each read once. */
public final class MergedSlices {
    private static final int AT_ONCE = 2;

    private final SparkSession session;
    private final FileCache cache;
    private final Path scratch;
    /** By what says how a table's rows are merged. */
    private final Map<String, Boolean> lastCommitIsRight = new ConcurrentHashMap<>();

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
        private final List<Path> whole = new ArrayList<>();
        private final List<Changes> changes = new ArrayList<>();

        private void add(Work work, FileCache.Use use) {
            uses.add(use);
            if (work.changesAlone()) {
                changes.add(new Changes(work.slice(), use.file()));
            } else {
                whole.add(use.file());
            }
        }

        /** All rows of the other slices that have logs. */
        public List<Path> whole() {
            return whole;
        }

        /** Those slices whose base files are read beside what their logs say. */
        public List<Changes> changes() {
            return changes;
        }

        @Override
        public void close() {
            uses.forEach(FileCache.Use::close);
        }
    }

    /**
     * What became of the rows of a slice's base file.
     *
     * @param file with each row that was changed or added, and for each that was deleted its key alone
     */
    public record Changes(Slice slice, Path file) {}

    /** A file to be made, or that was. */
    private record Work(Slice slice, boolean changesAlone, String name) {
        /** What is read for it. */
        long bytes() {
            return changesAlone ? slice.logBytes() : slice.bytes();
        }
    }

    /**
     * What besides base files makes up the rows of a snapshot, with all columns of the table: what the logs of its slices say, or
     * where a log does not count for itself, slices whose logs and base files are merged.
     *
     * @param mostBytes of base files and logs are read
     * @param isCancelled is asked now and then; if it is so, this fails
     * @throws IOException with the reason, if they cannot be merged, or are more
     */
    public Merged open(TableSnapshot snapshot, long mostBytes, BooleanSupplier isCancelled) throws IOException {
        List<Slice> slices = snapshot.slices().stream().filter(Slice::hasLogs).toList();
        Merged merged = new Merged();
        if (slices.isEmpty()) {
            return merged;
        }
        boolean done = false;
        try {
            String rules = HexFormat.of().formatHex(sha256(snapshot.rules()));
            boolean lastCommitIsRight = isLastCommitRight(snapshot, rules, slices.get(0));
            List<Work> missing = new ArrayList<>();
            for (Slice slice : slices) {
                Work work = work(slice, lastCommitIsRight, rules);
                cache.find(work.name()).ifPresentOrElse(use -> merged.add(work, use), () -> missing.add(work));
            }
            requireAtMost(mostBytes, missing);
            make(snapshot, missing, isCancelled, merged);
            done = true;
            return merged;
        } finally {
            if (!done) {
                merged.close();
            }
        }
    }

    private boolean isLastCommitRight(TableSnapshot snapshot, String rules, Slice any) throws IOException {
        Boolean known = lastCommitIsRight.get(rules);
        if (known == null) {
            known = new SliceMerge(session, snapshot, scratch).isLastCommitRight(any);
            lastCommitIsRight.put(rules, known);
        }
        return known;
    }

    private static void requireAtMost(long mostBytes, List<Work> missing) throws IOException {
        long bytes = missing.stream().mapToLong(Work::bytes).sum();
        if (bytes > mostBytes) {
            throw new IOException("there are " + (bytes >> 20) + " MiB to merge, more than the " + (mostBytes >> 20)
                    + " MiB for which that pays");
        }
    }

    private void make(TableSnapshot snapshot, List<Work> missing, BooleanSupplier isCancelled, Merged merged)
            throws IOException {
        if (missing.isEmpty()) {
            return;
        }
        Files.createDirectories(scratch);
        SliceMerge merge = new SliceMerge(session, snapshot, scratch);
        List<Callable<FileCache.Use>> tasks = new ArrayList<>();
        for (Work work : missing) {
            tasks.add(() -> cache.findOrMake(work.name(), file -> {
                if (work.changesAlone()) {
                    merge.changes(work.slice(), file, isCancelled);
                } else {
                    merge.merge(work.slice(), file, isCancelled);
                }
            }));
        }
        IOException failure = null;
        List<Future<FileCache.Use>> results = invoke(tasks);
        for (int i = 0; i < results.size(); i++) {
            try {
                merged.add(missing.get(i), results.get(i).get());
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

    /** Its file has another name once the rows may differ. */
    private static Work work(Slice slice, boolean lastCommitIsRight, String rules) {
        boolean changesAlone = lastCommitIsRight && !slice.hasPartialRows();
        String hash = HexFormat.of().formatHex(sha256(rules + slice.content()), 0, 12);
        String name = slice.files().getFileId() + "_" + slice.files().getBaseInstantTime() + "_" + hash
                + (changesAlone ? ".changes" : "") + ".parquet";
        return new Work(slice, changesAlone, name);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

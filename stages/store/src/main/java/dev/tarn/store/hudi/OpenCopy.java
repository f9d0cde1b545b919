package dev.tarn.store.hudi;

import dev.tarn.store.CopyOrder;
import dev.tarn.store.Offsets;
import dev.tarn.store.SourceSpan;
import dev.tarn.store.TableCommit;
import dev.tarn.store.index.GlobalIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A commit of copied rows that is still being written: for each partition, the base file that takes its rows. */
final class OpenCopy {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCopy.class);

    /** Each holds up to a row group in memory. */
    private static final int MOST_FILES = CopyOrder.PARTITIONS_AT_ONCE;

    /** So many batches are in memory beside the one that is prepared. */
    private static final int MOST_WAITING = 2;

    private final String instant;
    private final GroupWriter writer;
    private final Executor threads;
    /** By partition, the one that took no row for longest first. */
    private final Map<String, NewBaseFile> open = new LinkedHashMap<>(16, 0.75f, true);

    private final List<CompletableFuture<List<HoodieWriteStat>>> closed = new ArrayList<>();
    /** The batches that are not written yet, the oldest first. */
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();

    private @Nullable SourceSpan span;
    private Offsets offsets;
    private long lsn;
    private long rows;
    private long passedOver;

    /**
     * @param threads on which files are written
     * @param offsets up to which rows have been taken
     * @param lsn the position of the table's last commit
     */
    OpenCopy(String instant, GroupWriter writer, Executor threads, Offsets offsets, long lsn) {
        this.instant = instant;
        this.writer = writer;
        this.threads = threads;
        this.offsets = offsets;
        this.lsn = lsn;
    }

    /** Whether these are rows that the table does not have, and the files of their partitions can stay open for long. */
    static boolean takes(ChangeResolver.Resolved resolved, CopyOrder order) {
        return resolved.unknownDeletes().isEmpty()
                && resolved.writes().stream().allMatch(write -> write.at() == null && !write.isDelete())
                && (order == CopyOrder.BY_PARTITION
                        || resolved.writes().stream()
                                        .map(RowWrite::partition)
                                        .distinct()
                                        .count()
                                <= MOST_FILES);
    }

    String instant() {
        return instant;
    }

    Offsets offsets() {
        return offsets;
    }

    /**
     * Takes rows; they are written while the next ones come.
     *
     * @param index told at once where the rows are: whoever drops the copy reads the index anew
     */
    void write(ChangeResolver.Resolved resolved, Offsets reached, long reachedLsn, GlobalIndex index) throws Exception {
        // One partition after the other, as Parquet's buffers are.
        Map<String, List<RowWrite>> byPartition = resolved.writes().stream()
                .collect(Collectors.groupingBy(RowWrite::partition, LinkedHashMap::new, Collectors.toList()));
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (Map.Entry<String, List<RowWrite>> partition : byPartition.entrySet()) {
            NewBaseFile file = file(partition.getKey());
            partition.getValue().forEach(row -> index.add(row.key(), file.location(), row.order()));
            parts.add(file.write(partition.getValue(), threads));
        }
        if (!resolved.writes().isEmpty()) {
            span = span == null ? resolved.span() : span.and(resolved.span());
        }
        rows += resolved.writes().size();
        passedOver += resolved.passedOver();
        offsets = offsets.advancedBy(reached);
        lsn = Math.max(lsn, reachedLsn);
        waiting.add(CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)));
        while (waiting.size() > MOST_WAITING) {
            await(waiting.remove());
        }
    }

    private NewBaseFile file(String partition) {
        NewBaseFile file = open.get(partition);
        if (file != null && !file.isFull()) {
            return file;
        }
        if (file != null) {
            close(partition);
        } else if (open.size() >= MOST_FILES) {
            close(open.keySet().iterator().next());
        }
        NewBaseFile next = writer.begin(partition);
        open.put(partition, next);
        return next;
    }

    private void close(String partition) {
        NewBaseFile file = open.remove(partition);
        if (file != null) {
            closed.add(file.close(threads));
        }
    }

    /** Waits; a failure is thrown as what it was. It cannot be interrupted: half a commit would have to be rolled back. */
    private static <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Closes all files. */
    List<HoodieWriteStat> finish() throws Exception {
        for (String partition : List.copyOf(open.keySet())) {
            close(partition);
        }
        List<HoodieWriteStat> stats = new ArrayList<>();
        for (CompletableFuture<List<HoodieWriteStat>> file : closed) {
            stats.addAll(await(file));
        }
        return stats;
    }

    TableCommit commit() {
        return new TableCommit(instant, offsets, lsn, span == null ? SourceSpan.NONE : span, rows, 0, passedOver);
    }

    /** Lets go of the files, which a rollback is to delete: when it returns, nobody writes to them. */
    void drop() {
        List.copyOf(open.keySet()).forEach(this::close);
        for (CompletableFuture<List<HoodieWriteStat>> file : closed) {
            try {
                file.join();
            } catch (CompletionException e) {
                LOG.debug("A file of the copy {} could not be closed", instant, e);
            }
        }
    }
}

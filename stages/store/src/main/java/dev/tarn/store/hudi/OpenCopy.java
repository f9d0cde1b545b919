package dev.tarn.store.hudi;

import dev.tarn.store.CopyOrder;
import dev.tarn.store.Offsets;
import dev.tarn.store.SourceSpan;
import dev.tarn.store.TableCommit;
import dev.tarn.store.index.GlobalIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A commit of copied rows that is still being written: for each partition, the base file that takes its rows. */
final class OpenCopy {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCopy.class);

    /** Each holds up to a row group in memory. */
    private static final int MOST_FILES = 8;

    private final String instant;
    private final GroupWriter writer;
    /** By partition, the one that took no row for longest first. */
    private final Map<String, NewBaseFile> open = new LinkedHashMap<>(16, 0.75f, true);

    private final List<HoodieWriteStat> closed = new ArrayList<>();
    private @Nullable SourceSpan span;
    private Offsets offsets;
    private long lsn;
    private long rows;
    private long passedOver;

    /**
     * @param offsets up to which rows have been taken
     * @param lsn the position of the table's last commit
     */
    OpenCopy(String instant, GroupWriter writer, Offsets offsets, long lsn) {
        this.instant = instant;
        this.writer = writer;
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

    /** @param index told at once where the rows are: whoever drops the copy reads the index anew */
    void write(ChangeResolver.Resolved resolved, Offsets reached, long reachedLsn, GlobalIndex index)
            throws IOException {
        // One partition after the other, as Parquet's buffers are.
        Map<String, List<RowWrite>> byPartition = resolved.writes().stream()
                .collect(Collectors.groupingBy(RowWrite::partition, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<RowWrite>> partition : byPartition.entrySet()) {
            for (RowWrite row : partition.getValue()) {
                NewBaseFile file = write(partition.getKey(), row);
                index.put(row.key(), file.location(), row.order());
            }
        }
        if (!resolved.writes().isEmpty()) {
            span = span == null ? resolved.span() : span.and(resolved.span());
        }
        rows += resolved.writes().size();
        passedOver += resolved.passedOver();
        offsets = offsets.advancedBy(reached);
        lsn = Math.max(lsn, reachedLsn);
    }

    private NewBaseFile write(String partition, RowWrite row) throws IOException {
        NewBaseFile file = open.get(partition);
        if (file != null && file.write(row)) {
            return file;
        }
        if (file != null) {
            close(partition);
        } else if (open.size() >= MOST_FILES) {
            close(open.keySet().iterator().next());
        }
        NewBaseFile next = writer.begin(partition);
        open.put(partition, next);
        if (!next.write(row)) {
            throw new IOException("a new file in '" + partition + "' has no room for a row");
        }
        return next;
    }

    private void close(String partition) throws IOException {
        NewBaseFile file = open.remove(partition);
        if (file != null) {
            closed.addAll(file.close());
        }
    }

    /** Closes all files. */
    List<HoodieWriteStat> finish() throws IOException {
        for (String partition : List.copyOf(open.keySet())) {
            close(partition);
        }
        return closed;
    }

    TableCommit commit() {
        return new TableCommit(instant, offsets, lsn, span == null ? SourceSpan.NONE : span, rows, 0, passedOver);
    }

    /** Lets go of the files, which a rollback is to delete. */
    void drop() {
        for (NewBaseFile file : open.values()) {
            try {
                file.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("A file of the copy {} could not be closed", instant, e);
            }
        }
        open.clear();
    }
}

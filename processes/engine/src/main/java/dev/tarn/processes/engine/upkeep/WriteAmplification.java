package dev.tarn.processes.engine.upkeep;

import java.util.ArrayList;
import java.util.List;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a table's writers put on storage for each byte of new and changed rows:
 *
 * <pre>amplification = bytesWritten / payloadBytes</pre>
 *
 * <p>{@code bytesWritten} are all bytes of base files and logs, those of compactions and clusterings too. The payload of a
 * log is the log, since it holds changes alone. The payload of a base file that a writer made is the file's share of rows
 * that were inserted or updated: a copy-on-write commit that changes 10 rows of a file of 1,000 has a payload of a hundredth
 * of the file and an amplification of 100. Compaction and clustering rewrite rows that were written before, so they have no
 * payload. Rows in logs are not compressed, in base files they are; a merge-on-read table is therefore measured against its
 * larger form. Hudi's own {@code stats_wa} divides records written by records updated, and counts no delta commit.
 *
 * @param since the oldest commit that was counted; null for a table without any
 * @param bytesWritten by all of them
 * @param bytesRewritten the part that compaction and clustering wrote
 * @param amplification null while there is no payload
 * @param commits newest first
 */
public record WriteAmplification(
        @Nullable String since,
        long bytesWritten,
        long bytesRewritten,
        long payloadBytes,
        @Nullable Double amplification,
        List<Commit> commits) {
    public WriteAmplification {
        commits = List.copyOf(commits);
    }

    /**
     * One commit.
     *
     * @param operation in Hudi's words
     * @param rows that it inserted, updated or deleted; 0 for one that only rewrites
     * @param amplification null without payload: a compaction, or a commit that only deletes
     */
    public record Commit(
            String instant,
            String operation,
            long rows,
            long bytesWritten,
            long payloadBytes,
            @Nullable Double amplification) {}

    /** One commit and what it says of itself. */
    record Written(HoodieInstant instant, boolean rewrites, HoodieCommitMetadata metadata) {}

    static WriteAmplification of(List<Written> newestFirst) {
        List<Commit> commits = new ArrayList<>();
        long written = 0;
        long rewritten = 0;
        long payload = 0;
        for (Written each : newestFirst) {
            Commit commit = commit(each);
            commits.add(commit);
            written += commit.bytesWritten();
            rewritten += each.rewrites() ? commit.bytesWritten() : 0;
            payload += commit.payloadBytes();
        }
        return new WriteAmplification(
                commits.isEmpty() ? null : commits.get(commits.size() - 1).instant(),
                written,
                rewritten,
                payload,
                ratio(written, payload),
                commits);
    }

    private static Commit commit(Written written) {
        long bytes = 0;
        long rows = 0;
        double payload = 0;
        for (HoodieWriteStat stat : written.metadata().getWriteStats()) {
            bytes += stat.getTotalWriteBytes();
            if (!written.rewrites()) {
                rows += stat.getNumInserts() + stat.getNumUpdateWrites() + stat.getNumDeletes();
                payload += payload(stat);
            }
        }
        WriteOperationType operation = written.metadata().getOperationType();
        return new Commit(
                written.instant().requestedTime(),
                operation == null || operation == WriteOperationType.UNKNOWN
                        ? written.instant().getAction()
                        : operation.value(),
                rows,
                bytes,
                Math.round(payload),
                ratio(bytes, Math.round(payload)));
    }

    private static double payload(HoodieWriteStat stat) {
        if (stat.getPath() != null && stat.getPath().contains(".log.")) {
            return stat.getTotalWriteBytes();
        }
        long all = stat.getNumWrites();
        long changed = Math.min(all, stat.getNumInserts() + stat.getNumUpdateWrites());
        return all == 0 ? 0 : (double) stat.getTotalWriteBytes() * changed / all;
    }

    static @Nullable Double ratio(long part, long whole) {
        return whole == 0 ? null : Math.round(part * 1_000.0 / whole) / 1_000.0;
    }
}

package dev.tarn.processes.engine.hudi;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a table that changed rows, oldest first, as far as its active timeline goes back.
 *
 * @param newestInstant the name of the last thing that happened to the table, also of one that changed no rows; null if
 *     nothing has
 * @param past from which of the commits on the table can still be read
 */
public record TableCommits(List<Commit> commits, @Nullable String newestInstant, KeptPast past) {
    // As with SourcePosition, the names are those of the sink's class CommitNotes.
    private static final String FROM_MILLIS = "tarn.from-ms";
    private static final String UPTO_MILLIS = "tarn.upto-ms";
    private static final String UPSERTED = "tarn.upserted";
    private static final String DELETED = "tarn.deleted";
    private static final Set<WriteOperationType> REARRANGING =
            Set.of(WriteOperationType.COMPACT, WriteOperationType.LOG_COMPACT, WriteOperationType.CLUSTER);

    public TableCommits {
        commits = List.copyOf(commits);
    }

    /**
     * One commit.
     *
     * @param fromMillis the earliest commit time in the source of what it changed, milliseconds since 1970; above
     *     {@code uptoMillis} if it changed nothing. Where the commit does not say, both are its own completion time
     * @param uptoMillis the latest
     * @param position how far it reaches in its source; null if it has none
     */
    public record Commit(
            String instant,
            long completedMillis,
            long fromMillis,
            long uptoMillis,
            @Nullable SourcePosition position) {
        /** Whether the table is another after it. */
        public boolean changedRows() {
            return fromMillis <= uptoMillis;
        }
    }

    /** What was read of commits, which never change. A table of a thousand commits has as many files to read. */
    public static final class Cache {
        private final Map<String, Map<String, Commit>> byTable = new ConcurrentHashMap<>();

        private Map<String, Commit> of(HoodieTableMetaClient client) {
            return byTable.computeIfAbsent(client.getBasePath().toString(), path -> new ConcurrentHashMap<>());
        }
    }

    static TableCommits read(HoodieTableMetaClient client, InstantTimes times, Cache cache) {
        Map<String, Commit> known = cache.of(client);
        HoodieTimeline timeline = client.getActiveTimeline();
        List<Commit> commits = new ArrayList<>();
        List<HoodieInstant> instants =
                timeline.getCommitsTimeline().filterCompletedInstants().getInstants();
        for (HoodieInstant instant : instants) {
            Commit commit = known.computeIfAbsent(instant.requestedTime(), name -> commit(instant, timeline, times));
            // A compaction, and what was archived while we read, changed nothing that can be asked for.
            if (commit != NOTHING) {
                commits.add(commit);
            }
        }
        known.keySet()
                .retainAll(instants.stream().map(HoodieInstant::requestedTime).toList());
        String newest = timeline.filterCompletedInstants()
                .lastInstant()
                .map(HoodieInstant::requestedTime)
                .orElse(null);
        return new TableCommits(commits, newest, KeptPast.of(client));
    }

    private static final Commit NOTHING = new Commit("", 0, Long.MAX_VALUE, Long.MIN_VALUE, null);

    private static Commit commit(HoodieInstant instant, HoodieTimeline timeline, InstantTimes times) {
        HoodieCommitMetadata metadata;
        try {
            metadata = TimelineUtils.getCommitMetadata(instant, timeline);
        } catch (IOException | RuntimeException e) { // Hudi's own are not checked.
            return NOTHING;
        }
        if (REARRANGING.contains(metadata.getOperationType())) {
            return NOTHING;
        }
        Map<String, String> notes = metadata.getExtraMetadata();
        SourcePosition position = SourcePosition.of(notes).orElse(null);
        Instant completed = times.parse(instant.getCompletionTime());
        long completedMillis = completed == null ? 0 : completed.toEpochMilli();
        String from = notes.get(FROM_MILLIS);
        String upto = notes.get(UPTO_MILLIS);
        if (from != null && upto != null) {
            return new Commit(
                    instant.requestedTime(), completedMillis, Long.parseLong(from), Long.parseLong(upto), position);
        }
        boolean unchanged = "0".equals(notes.get(UPSERTED)) && "0".equals(notes.get(DELETED));
        return unchanged
                ? new Commit(instant.requestedTime(), completedMillis, Long.MAX_VALUE, Long.MIN_VALUE, position)
                : new Commit(instant.requestedTime(), completedMillis, completedMillis, completedMillis, position);
    }
}

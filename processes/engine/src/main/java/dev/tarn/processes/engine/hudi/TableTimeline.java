package dev.tarn.processes.engine.hudi;

import dev.tarn.processes.engine.hudi.TimelineEntry.Work;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.apache.hudi.exception.HoodieIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has happened to a table, read from its active timeline; what was archived is not seen. */
public final class TableTimeline {
    private static final Logger LOG = LoggerFactory.getLogger(TableTimeline.class);
    private static final Set<String> COMMITS = Set.of(
            HoodieTimeline.COMMIT_ACTION,
            HoodieTimeline.DELTA_COMMIT_ACTION,
            HoodieTimeline.REPLACE_COMMIT_ACTION,
            HoodieTimeline.CLUSTERING_ACTION);
    private static final Set<WriteOperationType> REARRANGING =
            Set.of(WriteOperationType.COMPACT, WriteOperationType.LOG_COMPACT, WriteOperationType.CLUSTER);

    private final HoodieTimeline timeline;
    private final boolean mergeOnRead;
    private final InstantTimes times;

    TableTimeline(HoodieTableMetaClient client, InstantTimes times) {
        this.timeline = client.getActiveTimeline();
        this.mergeOnRead = client.getTableType() == HoodieTableType.MERGE_ON_READ;
        this.times = times;
    }

    /** What happened last, newest first. */
    public List<TimelineEntry> newest(int limit) {
        return timeline.getReverseOrderedInstants()
                .limit(limit)
                .map(this::entry)
                .toList();
    }

    /** The newest commit that brought rows. */
    public Optional<LastCommit> lastCommit() {
        return writes().findFirst()
                .map(instant -> LastCommit.of(
                        instant.requestedTime(), times.parse(instant.getCompletionTime()), Instant.now()));
    }

    /** How far the table reaches in its source. */
    public Optional<SourcePosition> position() {
        return writes().map(this::metadata)
                .flatMap(Optional::stream)
                .map(metadata -> SourcePosition.of(metadata.getExtraMetadata()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The instants of the compactions that are done. */
    Set<String> compactions() {
        return timeline.filterCompletedInstants()
                .getInstantsAsStream()
                .filter(this::isCompaction)
                .map(HoodieInstant::requestedTime)
                .collect(Collectors.toSet());
    }

    InstantTimes times() {
        return times;
    }

    /** The commits that brought rows, newest first. */
    Stream<HoodieInstant> writes() {
        return timeline.getCommitsTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .filter(instant -> !isCompaction(instant));
    }

    /** Writers of a merge-on-read table make delta commits; only a compaction ends as a commit. */
    private boolean isCompaction(HoodieInstant instant) {
        return mergeOnRead && instant.getAction().equals(HoodieTimeline.COMMIT_ACTION);
    }

    private TimelineEntry entry(HoodieInstant instant) {
        Instant requested = times.parse(instant.requestedTime());
        Instant completed = instant.isCompleted() ? times.parse(instant.getCompletionTime()) : null;
        return new TimelineEntry(
                instant.requestedTime(),
                instant.getAction(),
                instant.getState().name().toLowerCase(Locale.ROOT),
                completed == null ? null : completed.toString(),
                completed == null || requested == null
                        ? null
                        : Math.max(0, Duration.between(requested, completed).toMillis()),
                work(instant));
    }

    private @Nullable Work work(HoodieInstant instant) {
        if (!instant.isCompleted()) {
            return null;
        }
        if (instant.getAction().equals(HoodieTimeline.CLEAN_ACTION)) {
            return clean(instant);
        }
        return metadata(instant).map(TableTimeline::work).orElse(null);
    }

    private static Work work(HoodieCommitMetadata metadata) {
        WriteOperationType operation = metadata.getOperationType();
        boolean changesRows = !REARRANGING.contains(operation);
        List<HoodieWriteStat> stats = metadata.getWriteStats();
        return new Work(
                operation == null ? null : operation.value(),
                changesRows ? sum(stats, HoodieWriteStat::getNumInserts) : null,
                changesRows ? sum(stats, HoodieWriteStat::getNumUpdateWrites) : null,
                changesRows ? sum(stats, HoodieWriteStat::getNumDeletes) : null,
                sum(stats, HoodieWriteStat::getTotalWriteBytes),
                stats.size(),
                SourcePosition.of(metadata.getExtraMetadata())
                        .map(SourcePosition::lsn)
                        .orElse(null));
    }

    private static long sum(List<HoodieWriteStat> stats, ToLongFunction<HoodieWriteStat> number) {
        return stats.stream().mapToLong(number).sum();
    }

    private @Nullable Work clean(HoodieInstant instant) {
        try {
            int files = timeline.readCleanMetadata(instant).getTotalFilesDeleted();
            return new Work("clean", null, null, null, null, files, null);
        } catch (IOException | HoodieIOException e) {
            return unreadable(instant, e);
        }
    }

    /** What a commit says of itself; empty if it has just been archived. */
    Optional<HoodieCommitMetadata> metadata(HoodieInstant instant) {
        if (!COMMITS.contains(instant.getAction())) {
            return Optional.empty();
        }
        try {
            return Optional.of(TimelineUtils.getCommitMetadata(instant, timeline));
        } catch (IOException | HoodieIOException e) {
            return Optional.ofNullable(unreadable(instant, e));
        }
    }

    // The table's writer archives old instants while we read: what is gone has no numbers.
    private static <T> @Nullable T unreadable(HoodieInstant instant, Exception reason) {
        LOG.info("Cannot read instant {}: {}", instant, reason.toString());
        return null;
    }
}

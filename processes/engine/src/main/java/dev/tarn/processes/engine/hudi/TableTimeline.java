package dev.tarn.processes.engine.hudi;

import dev.tarn.processes.engine.hudi.TimelineEntry.Work;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.apache.hudi.common.table.timeline.HoodieArchivedTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.apache.hudi.exception.HoodieIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has happened to a table, read from its active timeline and, where asked, from the archived one. */
public final class TableTimeline {
    private static final Logger LOG = LoggerFactory.getLogger(TableTimeline.class);
    private static final Set<String> COMMITS = Set.of(
            HoodieTimeline.COMMIT_ACTION,
            HoodieTimeline.DELTA_COMMIT_ACTION,
            HoodieTimeline.REPLACE_COMMIT_ACTION,
            HoodieTimeline.CLUSTERING_ACTION);
    private static final Set<WriteOperationType> REARRANGING =
            Set.of(WriteOperationType.COMPACT, WriteOperationType.LOG_COMPACT, WriteOperationType.CLUSTER);

    private final HoodieTableMetaClient client;
    private final HoodieTimeline timeline;
    private final boolean mergeOnRead;
    private final InstantTimes times;

    TableTimeline(HoodieTableMetaClient client, InstantTimes times) {
        this(client, client.getActiveTimeline(), times);
    }

    private TableTimeline(HoodieTableMetaClient client, HoodieTimeline timeline, InstantTimes times) {
        this.client = client;
        this.timeline = timeline;
        this.mergeOnRead = client.getTableType() == HoodieTableType.MERGE_ON_READ;
        this.times = times;
    }

    /** What happened last, newest first, also what was archived. Reads the archive only when the limit reaches into it. */
    public List<TimelineEntry> newestWithArchived(int limit) {
        List<TimelineEntry> entries = new ArrayList<>(newest(limit));
        if (entries.size() < limit) {
            Set<String> active = timeline.getInstantsAsStream()
                    .map(instant -> instant.requestedTime() + instant.getAction())
                    .collect(Collectors.toSet());
            HoodieArchivedTimeline archive = client.getArchivedTimeline();
            archive.loadCompletedInstantDetailsInMemory();
            TableTimeline archived = new TableTimeline(client, archive, times);
            archive.filterCompletedInstants()
                    .getReverseOrderedInstants()
                    .filter(instant -> !active.contains(instant.requestedTime() + instant.getAction()))
                    .limit(limit - entries.size())
                    .map(instant -> archived.entry(instant).fromArchive())
                    .forEach(entries::add);
        }
        return entries;
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
                // A savepoint has the instant of the commit that it keeps.
                completed == null || requested == null || instant.getAction().equals(HoodieTimeline.SAVEPOINT_ACTION)
                        ? null
                        : Math.max(0, Duration.between(requested, completed).toMillis()),
                work(instant),
                false);
    }

    private @Nullable Work work(HoodieInstant instant) {
        if (!instant.isCompleted()) {
            return null;
        }
        try {
            Work other = OtherWork.read(timeline, instant);
            if (other != null) {
                return other;
            }
        } catch (IOException | HoodieIOException e) {
            return unreadable(instant, e);
        }
        return metadata(instant).map(TableTimeline::work).orElse(null);
    }

    /** Whether a commit writes rows anew that were there before: a compaction or a clustering. */
    public boolean isRewriting(HoodieInstant instant, HoodieCommitMetadata metadata) {
        return isCompaction(instant) || REARRANGING.contains(metadata.getOperationType());
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
                        .orElse(null),
                null);
    }

    private static long sum(List<HoodieWriteStat> stats, ToLongFunction<HoodieWriteStat> number) {
        return stats.stream().mapToLong(number).sum();
    }

    /** What a commit says of itself; empty for what is no commit, or was archived since. */
    public Optional<HoodieCommitMetadata> metadata(HoodieInstant instant) {
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

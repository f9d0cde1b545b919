package dev.tarn.processes.engine.hudi;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hudi.avro.model.HoodieCleanMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.jspecify.annotations.Nullable;

/**
 * The commits that brought rows to a table, as far as its active timeline goes back, and from which of them on the table
 * can still be read as it was.
 */
public final class KeptCommits {
    private final HoodieTableMetaClient client;
    private final TableTimeline timeline;
    private final Map<String, HoodieInstant> byName;
    private final List<Commit> oldestFirst;

    /**
     * One commit.
     *
     * @param instant its name
     * @param completedAt when readers began to see it; null where Hudi does not say
     */
    public record Commit(String instant, @Nullable Instant completedAt) {}

    KeptCommits(HoodieTableMetaClient client, TableTimeline timeline) {
        this.client = client;
        this.timeline = timeline;
        this.byName = timeline.writes().collect(Collectors.toMap(HoodieInstant::requestedTime, Function.identity()));
        this.oldestFirst = byName.values().stream()
                .sorted(Comparator.comparing(HoodieInstant::requestedTime))
                .map(instant ->
                        new Commit(instant.requestedTime(), timeline.times().parse(instant.getCompletionTime())))
                .toList();
    }

    public List<Commit> oldestFirst() {
        return oldestFirst;
    }

    public Optional<Commit> find(String instant) {
        HoodieInstant found = byName.get(instant);
        return found == null
                ? Optional.empty()
                : Optional.of(new Commit(instant, timeline.times().parse(found.getCompletionTime())));
    }

    /** How far a commit reaches in its source; empty where another program than the lake's sink made it. */
    public Optional<SourcePosition> position(Commit commit) {
        return Optional.ofNullable(byName.get(commit.instant()))
                .flatMap(timeline::metadata)
                .flatMap(metadata -> SourcePosition.of(metadata.getExtraMetadata()));
    }

    /** The time that an instant's name is; null if it is none. */
    public @Nullable Instant time(String instant) {
        return timeline.times().parse(instant);
    }

    /** The name that an instant of this time would have. */
    public String name(Instant time) {
        return timeline.times().name(time);
    }

    /**
     * The first commit as of which every row can be read; empty if there is none. Before it, cleaning has removed file
     * slices, and Hudi would return a part of the rows, or none, without a word.
     */
    public Optional<Commit> firstReadable() {
        String kept = earliestRetained().orElse("");
        return oldestFirst.stream()
                .filter(commit -> commit.instant().compareTo(kept) >= 0)
                .findFirst();
    }

    /** Whether nothing of the table's past has been removed: the first readable commit is its first one. */
    public boolean isComplete() {
        return earliestRetained().isEmpty() && !hasArchive();
    }

    /** Before this instant slices are gone; empty if none has been removed. */
    private Optional<String> earliestRetained() {
        HoodieActiveTimeline active = client.getActiveTimeline();
        List<HoodieInstant> cleans = active.getCleanerTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .toList();
        boolean removed = !cleans.isEmpty() && hasArchive();
        String earliest = null;
        for (HoodieInstant clean : cleans) {
            HoodieCleanMetadata metadata = read(clean);
            if (metadata == null) {
                continue;
            }
            removed |= metadata.getTotalFilesDeleted() > 0;
            if (earliest == null) {
                earliest = retained(metadata);
            }
            if (removed) {
                break;
            }
        }
        return removed ? Optional.ofNullable(earliest) : Optional.empty();
    }

    private static String retained(HoodieCleanMetadata metadata) {
        String earliest = metadata.getEarliestCommitToRetain();
        // Cleaning by number of file versions names no commit: only what came after it is sure to be whole.
        return earliest == null || earliest.isEmpty() ? metadata.getLastCompletedCommitTimestamp() : earliest;
    }

    private @Nullable HoodieCleanMetadata read(HoodieInstant clean) {
        try {
            return client.getActiveTimeline().readCleanMetadata(clean);
        } catch (IOException | org.apache.hudi.exception.HoodieIOException e) {
            // The table's writer archives old instants while we read; newer ones say the same and more.
            return null;
        }
    }

    private boolean hasArchive() {
        try {
            return client.getStorage().listDirectEntries(client.getArchivePath()).stream()
                    .anyMatch(entry -> entry.isFile() && entry.getLength() > 0);
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

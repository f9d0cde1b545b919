package dev.tarn.processes.engine.hudi;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.jspecify.annotations.Nullable;

/**
 * The commits that brought rows to a table, as far as its active timeline goes back, and from which of them on the table
 * can still be read as it was.
 */
public final class KeptCommits {
    private final KeptPast past;
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
        this.past = KeptPast.of(client);
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

    /**
     * The first commit as of which every row can be read; empty if there is none. Before it, cleaning has removed file
     * slices, and Hudi would return a part of the rows, or none, without a word.
     */
    public Optional<Commit> firstReadable() {
        return oldestFirst.stream()
                .filter(commit -> past.reaches(commit.instant()))
                .findFirst();
    }

    /** Whether nothing of the table's past has been removed: the first readable commit is its first one. */
    public boolean isComplete() {
        return past.complete();
    }
}

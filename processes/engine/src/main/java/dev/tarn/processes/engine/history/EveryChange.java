package dev.tarn.processes.engine.history;

import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.KeptCommits;
import dev.tarn.processes.engine.hudi.KeptCommits.Commit;
import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.SourcePosition.TopicOffset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The history of a row with every change that its source made, as far as raw objects hold them: a table has one version
 * for all changes of a row that one commit took. Versions whose changes are not among the raw objects stay.
 */
public final class EveryChange {
    private static final String UNAVAILABLE = "__debezium_unavailable_value";
    private static final Set<String> UNAVAILABLE_VALUES =
            Set.of(UNAVAILABLE, Base64.getEncoder().encodeToString(UNAVAILABLE.getBytes(StandardCharsets.UTF_8)));

    private final KeptCommits commits;
    private final RawChanges raw;
    private final Set<String> columns;

    /**
     * The history.
     *
     * @param versions newest first
     * @param files how many raw objects were read
     * @param changes how many changes of the row they hold
     */
    public record Answer(List<RowVersion> versions, int files, int changes) {}

    /**
     * @param rawFolder of all raw objects of the lake
     * @param columns of the table; others that topics have are left out
     */
    public EveryChange(HudiTable table, String rawFolder, Set<String> columns) {
        this.commits = table.keptCommits();
        this.raw = new RawChanges(rawFolder, table.client().getStorageConf().unwrapAs(Configuration.class));
        this.columns = Set.copyOf(columns);
    }

    /** @param table what the table itself tells, newest first */
    public Answer add(List<RowVersion> table, RowKey key) throws IOException {
        Set<String> topics = newestPosition().stream()
                .flatMap(position -> position.offsets().stream())
                .map(TopicOffset::topic)
                .collect(Collectors.toSet());
        RawChanges.Found found = raw.find(topics, key);
        List<Step> steps = steps(table, found.changes());
        List<RowVersion> versions = new ArrayList<>();
        @Nullable RowVersion before = null;
        for (Step step : steps) {
            before = step.after(before);
            versions.add(before);
        }
        Collections.reverse(versions);
        return new Answer(versions, found.files(), found.changes().size());
    }

    private Optional<SourcePosition> newestPosition() {
        List<Commit> all = commits.oldestFirst();
        for (int i = all.size() - 1; i >= 0; i--) {
            Optional<SourcePosition> position = commits.position(all.get(i));
            if (position.isPresent()) {
                return position;
            }
        }
        return Optional.empty();
    }

    /** One version to be, and its place among the others. */
    private record Step(long order, Maker maker) {
        RowVersion after(@Nullable RowVersion before) {
            return maker.after(before);
        }
    }

    private interface Maker {
        RowVersion after(@Nullable RowVersion before);
    }

    private List<Step> steps(List<RowVersion> table, List<RawChanges.Change> changes) {
        boolean soft = table.stream().anyMatch(version -> "soft-delete".equals(version.operation()));
        Set<String> instants = new HashSet<>();
        Set<Long> positions = new HashSet<>();
        List<Step> fromRaw = new ArrayList<>();
        for (RawChanges.Change change : changes) {
            Optional<Commit> commit = commit(change);
            long lsn = change.row().get("__lsn") instanceof Number number ? number.longValue() : 0;
            commit.ifPresent(each -> instants.add(each.instant()));
            positions.add(lsn);
            fromRaw.add(new Step(lsn, before -> version(change, commit, before, soft)));
        }
        List<Step> steps = new ArrayList<>();
        for (int i = table.size() - 1; i >= 0; i--) {
            RowVersion version = table.get(i);
            if (!instants.contains(version.instant()) && !positions.contains(version.lsn())) {
                steps.add(new Step(order(version), before -> version));
            }
        }
        steps.addAll(fromRaw);
        steps.sort(Comparator.comparingLong(Step::order));
        return steps;
    }

    private long order(RowVersion version) {
        if (version.lsn() != null) {
            return version.lsn();
        }
        return Optional.ofNullable(version.instant())
                .flatMap(commits::find)
                .flatMap(commits::position)
                .map(SourcePosition::lsn)
                .orElse(0L);
    }

    /** The first commit that read beyond a change; empty if that is archived, or yet to come. */
    private Optional<Commit> commit(RawChanges.Change change) {
        List<Commit> all = commits.oldestFirst();
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBehind(all.get(middle), change)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean known = low < all.size() && (low > 0 || commits.isComplete());
        return known ? Optional.of(all.get(low)) : Optional.empty();
    }

    private boolean isBehind(Commit commit, RawChanges.Change change) {
        return commits.position(commit).stream()
                .flatMap(position -> position.offsets().stream())
                .filter(offset -> offset.topic().equals(change.topic()) && offset.partition() == change.partition())
                .allMatch(offset -> offset.next() <= change.offset());
    }

    private RowVersion version(
            RawChanges.Change change, Optional<Commit> commit, @Nullable RowVersion before, boolean soft) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        change.row().forEach((column, value) -> {
            if (columns.contains(column)) {
                row.put(column, UNAVAILABLE_VALUES.contains(String.valueOf(value)) ? known(before, column) : value);
            }
        });
        RowVersion version = Versions.of(
                commit.map(Commit::instant).orElse(null),
                commit.map(Commit::completedAt).map(Objects::toString).orElse(null),
                before == null ? "" : before.partition(),
                row,
                before,
                false);
        boolean removed = !soft && "soft-delete".equals(version.operation());
        return removed
                ? new RowVersion(
                        version.instant(),
                        version.completedAt(),
                        version.sourceTime(),
                        "delete",
                        version.lsn(),
                        version.partition(),
                        List.of(),
                        null)
                : version;
    }

    private static @Nullable Object known(@Nullable RowVersion before, String column) {
        return before == null || before.row() == null ? null : before.row().get(column);
    }
}

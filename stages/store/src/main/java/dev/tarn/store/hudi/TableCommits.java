package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.jspecify.annotations.Nullable;

/** The commits that a table's active timeline holds, as a user may name them. */
final class TableCommits {
    private final String table;
    private final HoodieTableMetaClient client;
    private final HoodieTimeline commits;

    TableCommits(String table, HoodieTableMetaClient client) {
        this.table = table;
        this.client = client;
        this.commits = client.getActiveTimeline().getCommitsTimeline().filterCompletedInstants();
    }

    boolean isEmpty() {
        return commits.empty();
    }

    /** The newest; there must be one. */
    String newest() {
        return commits.lastInstant().get().requestedTime();
    }

    /**
     * Checks that readers can still see the table as of this commit.
     *
     * @param action what cannot be done otherwise, such as "restore"
     * @throws TarnException USER, INSTANT_UNKNOWN with the nearest ones, or INSTANT_CLEANED
     */
    void requireReadable(String action, String instant) throws IOException {
        if (!commits.containsInstant(instant)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "INSTANT_UNKNOWN",
                    "Cannot " + action + " table '" + table + "' at instant '" + instant
                            + "': its timeline has no such commit" + nearest(instant) + ". 'tarn table timeline "
                            + table + "' shows them.");
        }
        String oldest = oldestReadable();
        if (oldest != null && instant.compareTo(oldest) < 0 && !savepoints().contains(instant)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "INSTANT_CLEANED",
                    "Cannot " + action + " table '" + table + "' at instant '" + instant
                            + "': a clean has removed its files. Name one from " + oldest + " on"
                            + (savepoints().isEmpty() ? "" : ", or a savepoint: " + String.join(", ", savepoints()))
                            + ".");
        }
    }

    private String nearest(String instant) {
        List<String> known = commits.getInstantsAsStream()
                .map(HoodieInstant::requestedTime)
                .sorted()
                .toList();
        if (known.isEmpty()) {
            return "";
        }
        Optional<String> before =
                known.stream().filter(each -> each.compareTo(instant) < 0).reduce((first, second) -> second);
        Optional<String> after =
                known.stream().filter(each -> each.compareTo(instant) > 0).findFirst();
        return "; the nearest: "
                + Stream.of(before, after).flatMap(Optional::stream).collect(Collectors.joining(" and "));
    }

    /** The oldest commit as of which all files are there, apart from savepoints; null for a table without commits. */
    @Nullable
    String oldestReadable() throws IOException {
        HoodieTimeline cleans = client.getActiveTimeline().getCleanerTimeline().filterCompletedInstants();
        if (cleans.lastInstant().isPresent()) {
            String retained =
                    cleans.readCleanMetadata(cleans.lastInstant().get()).getEarliestCommitToRetain();
            if (retained != null && !retained.isEmpty()) {
                return retained;
            }
        }
        return commits.firstInstant().map(HoodieInstant::requestedTime).orElse(null);
    }

    /** The instants of the savepoints, oldest first. */
    Set<String> savepoints() {
        return client.getActiveTimeline()
                .getSavePointTimeline()
                .filterCompletedInstants()
                .getInstantsAsStream()
                .map(HoodieInstant::requestedTime)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The commits after this one, newest first. */
    List<HoodieInstant> after(String instant) {
        return commits.getReverseOrderedInstants()
                .filter(each -> each.requestedTime().compareTo(instant) > 0)
                .toList();
    }

    /** This commit and those before it, newest first. */
    List<HoodieInstant> upTo(String instant) {
        return commits.getReverseOrderedInstants()
                .filter(each -> each.requestedTime().compareTo(instant) <= 0)
                .toList();
    }

    HoodieCommitMetadata metadata(HoodieInstant instant) throws IOException {
        return TimelineUtils.getCommitMetadata(instant, commits);
    }

    HoodieCommitMetadata metadata(String instant) throws IOException {
        return metadata(commits.getInstantsAsStream()
                .filter(each -> each.requestedTime().equals(instant))
                .findFirst()
                .orElseThrow());
    }

    static long bytes(HoodieCommitMetadata metadata) {
        return metadata.getWriteStats().stream()
                .mapToLong(HoodieWriteStat::getTotalWriteBytes)
                .sum();
    }
}

package dev.tarn.processes.engine.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieReplaceCommitMetadata;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.exception.HoodieIOException;
import org.apache.hudi.storage.HoodieStorage;
import org.jspecify.annotations.Nullable;

/** What the timeline says of the commits that wrote files. Safe for use by several threads. */
final class Commits {
    private final HoodieTableMetaClient client;
    private final HoodieTimeline completed;
    private final Map<String, HoodieInstant> byName;
    private final Set<String> pending;
    private final Map<String, Set<String>> inserting = new ConcurrentHashMap<>();
    private final Map<String, String> replacing;

    Commits(HoodieTableMetaClient client) {
        this.client = client;
        HoodieTimeline all = client.getActiveTimeline().getCommitsTimeline();
        this.completed = all.filterCompletedInstants();
        this.byName = completed
                .getInstantsAsStream()
                .collect(Collectors.toMap(HoodieInstant::requestedTime, instant -> instant, (one, other) -> one));
        this.pending = all.getInstantsAsStream()
                .filter(instant -> !instant.isCompleted())
                .map(HoodieInstant::requestedTime)
                .collect(Collectors.toSet());
        this.replacing = findReplacing();
    }

    HoodieStorage storage() {
        return client.getStorage();
    }

    /** Whether readers see what an instant wrote: it is complete, or archived since. */
    boolean isVisible(String instant) {
        return !pending.contains(instant) && completed.containsOrBeforeTimelineStarts(instant);
    }

    /** Whether an instant only merged logs into base files. */
    boolean isCompaction(String instant) {
        HoodieInstant found = byName.get(instant);
        return found != null
                && client.getTableType() == HoodieTableType.MERGE_ON_READ
                && found.getAction().equals(HoodieTimeline.COMMIT_ACTION);
    }

    /** Whether a commit added rows to a file group; true where it no longer says. */
    boolean hasInserts(String instant, String fileId) {
        HoodieInstant found = byName.get(instant);
        return found == null
                || inserting
                        .computeIfAbsent(instant, name -> groupsWithInserts(found))
                        .contains(fileId);
    }

    private Set<String> groupsWithInserts(HoodieInstant instant) {
        return metadata(instant).getWriteStats().stream()
                .filter(stat -> stat.getNumInserts() > 0)
                .map(stat -> stat.getFileId())
                .collect(Collectors.toSet());
    }

    /** The instant at which the rows of a file group were replaced by others; null if they were not. */
    @Nullable
    String replacing(String fileId) {
        return replacing.get(fileId);
    }

    private Map<String, String> findReplacing() {
        Map<String, String> found = new HashMap<>();
        for (HoodieInstant instant : completed.getInstants()) {
            // Clustering moves rows to other files, where they are found.
            if (instant.getAction().equals(HoodieTimeline.REPLACE_COMMIT_ACTION)
                    && metadata(instant) instanceof HoodieReplaceCommitMetadata replacement
                    && replacement.getOperationType() != WriteOperationType.CLUSTER) {
                replacement
                        .getPartitionToReplaceFileIds()
                        .values()
                        .forEach(files -> files.forEach(file -> found.put(file, instant.requestedTime())));
            }
        }
        return found;
    }

    private HoodieCommitMetadata metadata(HoodieInstant instant) {
        try {
            return instant.getAction().equals(HoodieTimeline.REPLACE_COMMIT_ACTION)
                    ? completed.readReplaceCommitMetadata(instant)
                    : completed.readCommitMetadata(instant);
        } catch (HoodieIOException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.tarn.processes.engine.upkeep;

import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.KeptCommits;
import dev.tarn.processes.engine.upkeep.WriteAmplification.Written;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hudi.avro.model.HoodieSavepointMetadata;
import org.apache.hudi.avro.model.HoodieSavepointPartitionMetadata;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.exception.HoodieIOException;
import org.apache.hudi.storage.HoodieStorage;
import org.apache.hudi.storage.StoragePath;
import org.jspecify.annotations.Nullable;

/**
 * What the active timeline tells of the past of a table.
 *
 * @param written its commits, newest first
 * @param oldest the oldest commit as of which all files are there, apart from savepoints; null without commits
 */
record KeptHistory(
        List<Written> written,
        @Nullable String oldest,
        @Nullable String oldestAt,
        List<Savepoint> savepoints) {
    KeptHistory {
        written = List.copyOf(written);
        savepoints = List.copyOf(savepoints);
    }

    static KeptHistory of(HudiTable table) throws IOException {
        HoodieTimeline timeline = table.metaClient().getActiveTimeline();
        List<Written> written = new ArrayList<>();
        for (HoodieInstant instant : timeline.getCommitsTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .toList()) {
            table.timeline()
                    .metadata(instant)
                    .ifPresent(metadata -> written.add(
                            new Written(instant, table.timeline().isRewriting(instant, metadata), metadata)));
        }
        String oldest = table.keptCommits()
                .firstReadable()
                .map(KeptCommits.Commit::instant)
                .orElse(null);
        return new KeptHistory(written, oldest, text(table.time(oldest)), savepoints(table, timeline));
    }

    /** Newest first. */
    static List<Savepoint> savepoints(HudiTable table, HoodieTimeline timeline) throws IOException {
        List<Savepoint> savepoints = new ArrayList<>();
        for (HoodieInstant instant : timeline.getSavePointTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .toList()) {
            HoodieSavepointMetadata metadata = timeline.readSavepointMetadata(instant);
            long files = 0;
            long bytes = 0;
            for (HoodieSavepointPartitionMetadata partition :
                    metadata.getPartitionMetadata().values()) {
                for (String name : partition.getSavepointDataFile()) {
                    files++;
                    bytes += bytes(table, partition.getPartitionPath(), name);
                }
            }
            savepoints.add(new Savepoint(
                    instant.requestedTime(),
                    text(table.time(instant.requestedTime())),
                    Instant.ofEpochMilli(metadata.getSavepointedAt()).toString(),
                    blankToNull(metadata.getSavepointedBy()),
                    blankToNull(metadata.getComments()),
                    files,
                    bytes));
        }
        return savepoints;
    }

    private static long bytes(HudiTable table, String partition, String name) throws IOException {
        StoragePath base = table.metaClient().getBasePath();
        StoragePath folder = partition.isEmpty() ? base : new StoragePath(base, partition);
        HoodieStorage storage = table.metaClient().getStorage();
        try {
            return storage.getPathInfo(new StoragePath(folder, name)).getLength();
        } catch (FileNotFoundException | HoodieIOException e) {
            return 0;
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return Optional.ofNullable(text).filter(each -> !each.isBlank()).orElse(null);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : Objects.toString(time);
    }
}

package dev.tarn.processes.engine.hudi;

import dev.tarn.processes.engine.hudi.TimelineEntry.Work;
import java.io.IOException;
import java.util.List;
import org.apache.hudi.avro.model.HoodieCleanMetadata;
import org.apache.hudi.avro.model.HoodieRestoreMetadata;
import org.apache.hudi.avro.model.HoodieRollbackMetadata;
import org.apache.hudi.avro.model.HoodieSavepointMetadata;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.jspecify.annotations.Nullable;

/** What the actions that are no commits did: cleans, rollbacks, restores and savepoints. */
final class OtherWork {
    private OtherWork() {}

    /** @return null for an action that is none of these */
    static @Nullable Work read(HoodieTimeline timeline, HoodieInstant instant) throws IOException {
        return switch (instant.getAction()) {
            case HoodieTimeline.CLEAN_ACTION -> clean(timeline.readCleanMetadata(instant));
            case HoodieTimeline.ROLLBACK_ACTION -> rollback(timeline.readRollbackMetadata(instant));
            case HoodieTimeline.RESTORE_ACTION -> restore(timeline.readRestoreMetadata(instant));
            case HoodieTimeline.SAVEPOINT_ACTION -> savepoint(timeline.readSavepointMetadata(instant));
            default -> null;
        };
    }

    private static Work work(String operation, long files, @Nullable String about) {
        return new Work(operation, null, null, null, null, files, null, about);
    }

    private static Work clean(HoodieCleanMetadata clean) {
        String retained = clean.getEarliestCommitToRetain();
        return work(
                "clean",
                clean.getTotalFilesDeleted(),
                retained == null || retained.isEmpty() ? null : "keeps from " + retained);
    }

    private static Work rollback(HoodieRollbackMetadata rollback) {
        return work(
                "rollback",
                rollback.getTotalFilesDeleted(),
                "undid " + String.join(", ", rollback.getCommitsRollback()));
    }

    private static Work restore(HoodieRestoreMetadata restore) {
        long files = restore.getHoodieRestoreMetadata().values().stream()
                .flatMap(List::stream)
                .mapToLong(HoodieRollbackMetadata::getTotalFilesDeleted)
                .sum();
        return work("restore", files, "undid " + String.join(", ", restore.getInstantsToRollback()));
    }

    private static Work savepoint(HoodieSavepointMetadata savepoint) {
        long files = savepoint.getPartitionMetadata().values().stream()
                .mapToLong(partition -> partition.getSavepointDataFile().size())
                .sum();
        String note = savepoint.getComments();
        return work(
                "savepoint",
                files,
                "by " + savepoint.getSavepointedBy() + (note == null || note.isBlank() ? "" : ": " + note));
    }
}

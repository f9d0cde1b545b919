package dev.tarn.processes.engine.hudi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.processes.engine.hudi.TimelineEntry.Work;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    private OtherWork() {}

    /** @return null for an action that is none of these */
    static @Nullable Work read(HoodieTimeline timeline, HoodieInstant instant) throws IOException {
        return switch (instant.getAction()) {
            case HoodieTimeline.CLEAN_ACTION -> {
                JsonNode json = archivedAsJson(timeline, instant);
                yield json == null ? clean(timeline.readCleanMetadata(instant)) : clean(json);
            }
            case HoodieTimeline.ROLLBACK_ACTION -> {
                JsonNode json = archivedAsJson(timeline, instant);
                yield json == null ? rollback(timeline.readRollbackMetadata(instant)) : rollback(json);
            }
            case HoodieTimeline.RESTORE_ACTION -> restore(timeline.readRestoreMetadata(instant));
            case HoodieTimeline.SAVEPOINT_ACTION -> savepoint(timeline.readSavepointMetadata(instant));
            default -> null;
        };
    }

    /**
     * The archive of tables before version 8 gives these actions as JSON, where Hudi's own reader expects Avro (its
     * ArchivedTimelineV1).
     */
    private static @Nullable JsonNode archivedAsJson(HoodieTimeline timeline, HoodieInstant instant)
            throws IOException {
        byte[] details = timeline.getInstantDetails(instant).orElse(new byte[0]);
        return details.length > 0 && details[0] == '{' ? JSON.readTree(details) : null;
    }

    private static Work work(String operation, long files, @Nullable String about) {
        return new Work(operation, null, null, null, null, files, null, about);
    }

    private static Work clean(HoodieCleanMetadata clean) {
        return clean(clean.getTotalFilesDeleted(), clean.getEarliestCommitToRetain());
    }

    private static Work clean(JsonNode clean) {
        return clean(
                clean.path("totalFilesDeleted").asLong(),
                clean.path("earliestCommitToRetain").asText(""));
    }

    private static Work clean(long files, @Nullable String retained) {
        return work("clean", files, retained == null || retained.isEmpty() ? null : "keeps from " + retained);
    }

    private static Work rollback(HoodieRollbackMetadata rollback) {
        return rollback(rollback.getTotalFilesDeleted(), rollback.getCommitsRollback());
    }

    private static Work rollback(JsonNode rollback) {
        List<String> undone = new ArrayList<>();
        rollback.path("commitsRollback").forEach(commit -> undone.add(commit.asText()));
        return rollback(rollback.path("totalFilesDeleted").asLong(), undone);
    }

    private static Work rollback(long files, List<String> undone) {
        return work("rollback", files, "undid " + String.join(", ", undone));
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

package dev.tarn.processes.engine.hudi;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hudi.avro.model.HoodieCleanMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.jspecify.annotations.Nullable;

/**
 * How far back the rows of a table can be read.
 *
 * @param from the oldest instant as of which it can: before it, cleaning has removed file slices, and Hudi would return a
 *     part of the rows, or refuse; null if nothing was cleaned
 * @param complete whether nothing of the table's past was ever removed
 */
public record KeptPast(@Nullable String from, boolean complete) {
    static KeptPast of(HoodieTableMetaClient client) {
        HoodieActiveTimeline active = client.getActiveTimeline();
        List<HoodieInstant> cleans = active.getCleanerTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .toList();
        boolean archived = hasArchive(client);
        boolean removed = !cleans.isEmpty() && archived;
        HoodieCleanMetadata newest = null;
        for (HoodieInstant clean : cleans) {
            HoodieCleanMetadata metadata = read(active, clean);
            if (metadata == null) {
                continue;
            }
            newest = newest == null ? metadata : newest;
            removed |= metadata.getTotalFilesDeleted() > 0;
            if (removed) {
                break;
            }
        }
        return new KeptPast(newest == null ? null : from(newest, removed), !removed && !archived);
    }

    private static @Nullable String from(HoodieCleanMetadata newest, boolean removed) {
        String earliest = newest.getEarliestCommitToRetain();
        if (earliest != null && !earliest.isEmpty()) {
            // Also where it removed nothing: Hudi's readers go by the name alone.
            return earliest;
        }
        // Cleaning by number of file versions names no commit: only what came after it is sure to be whole.
        return removed ? newest.getLastCompletedCommitTimestamp() : null;
    }

    private static @Nullable HoodieCleanMetadata read(HoodieActiveTimeline active, HoodieInstant clean) {
        try {
            return active.readCleanMetadata(clean);
        } catch (IOException | org.apache.hudi.exception.HoodieIOException e) {
            // The table's writer archives old instants while we read; newer ones say the same and more.
            return null;
        }
    }

    private static boolean hasArchive(HoodieTableMetaClient client) {
        try {
            return client.getStorage().listDirectEntries(client.getArchivePath()).stream()
                    .anyMatch(entry -> entry.isFile() && entry.getLength() > 0);
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the table can still be read as of an instant. */
    public boolean reaches(String instant) {
        return from == null || instant.compareTo(from) >= 0;
    }
}

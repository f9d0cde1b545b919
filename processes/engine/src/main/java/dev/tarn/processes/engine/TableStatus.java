package dev.tarn.processes.engine;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.LastCommit;
import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.TableFiles;
import dev.tarn.processes.engine.hudi.TableTimeline;
import org.jspecify.annotations.Nullable;

/**
 * A table and what lies on storage for it; numbers are null where that cannot be read.
 *
 * @param version of Hudi's table format
 * @param sizeBytes of the files that hold the rows of now
 * @param olderBytes of files kept for readers of the past
 * @param position how far it reaches in its source
 * @param problem why it cannot be read
 */
record TableStatus(
        @JsonUnwrapped CatalogTable table,
        @Nullable Integer version,
        @Nullable Long sizeBytes,
        @Nullable Long olderBytes,
        @Nullable Long baseFiles,
        @Nullable Long logFiles,
        @Nullable Long logBytes,
        @Nullable LastCommit lastCommit,
        @Nullable SourcePosition position,
        @Nullable String problem) {
    static TableStatus of(CatalogTable table, HudiTable hudi, TableFiles files) {
        TableTimeline timeline = hudi.timeline();
        return new TableStatus(
                table,
                hudi.version(),
                files.bytes(),
                files.olderBytes(),
                files.baseFiles(),
                files.logFiles(),
                files.logBytes(),
                timeline.lastCommit().orElse(null),
                timeline.position().orElse(null),
                null);
    }

    static TableStatus broken(CatalogTable table, String problem) {
        return new TableStatus(table, null, null, null, null, null, null, null, null, problem);
    }
}

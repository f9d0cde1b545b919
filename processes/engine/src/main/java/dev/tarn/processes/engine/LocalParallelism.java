package dev.tarn.processes.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The number of tasks for Hudi's housekeeping around a write. Its defaults, 100 and 200, are those of a cluster; each task reads a copy of Hadoop's configuration, so that on one machine they took most of the time of a small
 * UPDATE. Here it is as many as the machine has cores. Statements may set other numbers.
 */
final class LocalParallelism {
    private static final List<String> SETTINGS = List.of(
            "hoodie.archive.delete.parallelism",
            "hoodie.clean.parallelism",
            "hoodie.cleaner.parallelism",
            "hoodie.file.listing.parallelism",
            "hoodie.finalize.write.parallelism",
            "hoodie.global.index.reconcile.parallelism",
            "hoodie.global.simple.index.parallelism",
            "hoodie.markers.delete.parallelism",
            "hoodie.metadata.index.column.stats.parallelism",
            "hoodie.metadata.index.partition.stats.parallelism",
            "hoodie.metadata.max.init.parallelism",
            "hoodie.metadata.record.preparation.parallelism",
            "hoodie.rollback.parallelism",
            "hoodie.simple.index.parallelism");

    private LocalParallelism() {}

    /** The settings with their values. */
    static Map<String, String> settings() {
        String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
        return SETTINGS.stream().collect(Collectors.toMap(setting -> setting, setting -> cores));
    }
}

package dev.tarn.processes.engine.hudi;

import org.jspecify.annotations.Nullable;

/**
 * The files of one file group: those that hold its rows now, and how many older slices wait to be cleaned.
 *
 * @param partition its folder below the table's; empty without partitions
 * @param baseFile null while all its rows are in logs
 * @param logFiles how many logs belong to the newest slice
 */
public record FileGroupFiles(
        String partition,
        String fileId,
        @Nullable BaseFile baseFile,
        int logFiles,
        long logBytes,
        int olderSlices,
        long olderBytes) {
    /** @param instant of the commit or compaction that wrote it */
    public record BaseFile(String name, long bytes, String instant) {}
}

package dev.tarn.store.hudi;

/**
 * The size of a writer.
 *
 * @param keys live rows
 * @param indexBytes memory of the key index, roughly
 * @param indexOnDisk whether it has moved to disk
 * @param fileGroups file groups of the table
 * @param logBytes bytes in log files that wait for compaction
 */
public record WriterStatus(long keys, long indexBytes, boolean indexOnDisk, int fileGroups, long logBytes) {}

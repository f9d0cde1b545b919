package dev.tarn.processes.engine.upkeep;

import dev.tarn.processes.engine.hudi.FileGroupFiles;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a table is kept at this moment. Sizes are in bytes, ratios and shares plain numbers with three digits after the point.
 *
 * @param groups logs against base files, the largest ratio first
 * @param partitions the largest first
 * @param skew the largest partition as a multiple of the mean; null for a table without files
 */
public record TableStats(
        WriteAmplification writing,
        SmallFiles smallFiles,
        Logs logs,
        List<GroupLogs> groups,
        List<Partition> partitions,
        @Nullable Double skew,
        Past past,
        Compaction compaction) {
    /** Up to these sizes the lake's writer puts new rows into a file group. */
    private static final long MERGE_ON_READ_TARGET = 64L << 20;

    private static final long COPY_ON_WRITE_TARGET = 24L << 20;

    public TableStats {
        groups = List.copyOf(groups);
        partitions = List.copyOf(partitions);
    }

    /**
     * Base files below half of the target size.
     *
     * @param files how many of the table's base files are small
     * @param share of all base files
     * @param mergeable those that share a partition with another small one
     */
    public record SmallFiles(
            long targetBytes, long files, @Nullable Double share, long bytes, long mergeable) {}

    /** @param ratio bytes of logs for each byte of base files; null without base files */
    public record Logs(
            long files,
            long bytes,
            long baseBytes,
            @Nullable Double ratio) {}

    /** One file group that has logs. */
    public record GroupLogs(String partition, String fileId, Logs logs) {}

    /** @param share of all bytes */
    public record Partition(
            String partition,
            long fileGroups,
            long bytes,
            @Nullable Double share) {}

    /**
     * What is kept for readers of the past.
     *
     * @param bytes of file slices that are not the newest
     * @param oldestInstant the oldest commit as of which the table can be read, apart from savepoints
     * @param oldestAt the same in ISO 8601, UTC
     * @param savepoints how many commits are kept besides
     */
    public record Past(
            long slices,
            long bytes,
            @Nullable String oldestInstant,
            @Nullable String oldestAt,
            long savepoints) {}

    /**
     * What a compaction would do now.
     *
     * @param slices file slices with logs
     * @param bytesRead their base files and logs
     * @param bytesWritten an estimate: base files, and a third of the logs, which are not compressed
     */
    public record Compaction(long slices, long logs, long bytesRead, long bytesWritten) {}

    /** Reads the table's timeline and lists all its folders. */
    public static TableStats of(HudiTable table) throws IOException {
        return of(table, table.files(), KeptHistory.of(table));
    }

    private static TableStats of(HudiTable table, TableFiles files, KeptHistory history) throws IOException {
        List<Partition> partitions = partitions(files);
        return new TableStats(
                WriteAmplification.of(history.written()),
                smallFiles(files, table.isMergeOnRead() ? MERGE_ON_READ_TARGET : COPY_ON_WRITE_TARGET),
                logs(files.groups()),
                files.groups().stream()
                        .filter(group -> group.logFiles() > 0)
                        .map(group -> new GroupLogs(group.partition(), group.fileId(), logs(List.of(group))))
                        .sorted(Comparator.comparingDouble(TableStats::ratio).reversed())
                        .toList(),
                partitions,
                partitions.isEmpty()
                        ? null
                        : WriteAmplification.ratio(partitions.get(0).bytes() * partitions.size(), files.bytes()),
                new Past(
                        files.groups().stream()
                                .mapToLong(FileGroupFiles::olderSlices)
                                .sum(),
                        files.olderBytes(),
                        history.oldest(),
                        history.oldestAt(),
                        history.savepoints().size()),
                compaction(files));
    }

    /** A group that has no base file comes before all that have one. */
    private static double ratio(GroupLogs group) {
        Double ratio = group.logs().ratio();
        return ratio == null ? Double.MAX_VALUE : ratio;
    }

    private static long baseBytes(FileGroupFiles group) {
        FileGroupFiles.BaseFile base = group.baseFile();
        return base == null ? 0 : base.bytes();
    }

    private static Logs logs(List<FileGroupFiles> groups) {
        long base = groups.stream().mapToLong(TableStats::baseBytes).sum();
        long bytes = groups.stream().mapToLong(FileGroupFiles::logBytes).sum();
        return new Logs(
                groups.stream().mapToLong(FileGroupFiles::logFiles).sum(),
                bytes,
                base,
                WriteAmplification.ratio(bytes, base));
    }

    private static SmallFiles smallFiles(TableFiles files, long target) {
        Map<String, Long> perPartition = new LinkedHashMap<>();
        long bytes = 0;
        for (FileGroupFiles group : files.groups()) {
            if (group.baseFile() != null && baseBytes(group) < target / 2) {
                perPartition.merge(group.partition(), 1L, Long::sum);
                bytes += baseBytes(group);
            }
        }
        long small = perPartition.values().stream().mapToLong(Long::longValue).sum();
        return new SmallFiles(
                target,
                small,
                WriteAmplification.ratio(small, files.baseFiles()),
                bytes,
                perPartition.values().stream()
                        .filter(count -> count > 1)
                        .mapToLong(Long::longValue)
                        .sum());
    }

    private static List<Partition> partitions(TableFiles files) {
        Map<String, List<FileGroupFiles>> byName = new LinkedHashMap<>();
        files.groups()
                .forEach(group -> byName.computeIfAbsent(group.partition(), name -> new ArrayList<>())
                        .add(group));
        return byName.entrySet().stream()
                .map(entry -> {
                    long bytes = entry.getValue().stream()
                            .mapToLong(group -> baseBytes(group) + group.logBytes())
                            .sum();
                    return new Partition(
                            entry.getKey(),
                            entry.getValue().size(),
                            bytes,
                            WriteAmplification.ratio(bytes, files.bytes()));
                })
                .sorted(Comparator.comparingLong(Partition::bytes).reversed())
                .toList();
    }

    private static Compaction compaction(TableFiles files) {
        List<FileGroupFiles> withLogs =
                files.groups().stream().filter(group -> group.logFiles() > 0).toList();
        long base = withLogs.stream().mapToLong(TableStats::baseBytes).sum();
        long logs = withLogs.stream().mapToLong(FileGroupFiles::logBytes).sum();
        return new Compaction(
                withLogs.size(),
                withLogs.stream().mapToLong(FileGroupFiles::logFiles).sum(),
                base + logs,
                base
                        + withLogs.stream()
                                .mapToLong(group -> group.logBytes() / 3)
                                .sum());
    }
}

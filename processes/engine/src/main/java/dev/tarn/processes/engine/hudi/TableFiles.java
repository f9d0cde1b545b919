package dev.tarn.processes.engine.hudi;

import dev.tarn.processes.engine.hudi.FileGroupFiles.BaseFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.engine.HoodieLocalEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieFileGroup;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;

/** The files of a table, ordered by partition and file id. */
public record TableFiles(List<FileGroupFiles> groups) {
    private static final String AFTER_ALL_INSTANTS = "99991231235959999";

    public TableFiles {
        groups = List.copyOf(groups);
    }

    /** How many folders hold rows; 1 for a table without partition columns. */
    public long partitions() {
        return groups.stream().map(FileGroupFiles::partition).distinct().count();
    }

    public long baseFiles() {
        return groups.stream().filter(group -> group.baseFile() != null).count();
    }

    public long logFiles() {
        return groups.stream().mapToLong(FileGroupFiles::logFiles).sum();
    }

    public long logBytes() {
        return groups.stream().mapToLong(FileGroupFiles::logBytes).sum();
    }

    /** Base files and logs that hold the rows of now. */
    public long bytes() {
        return logBytes()
                + groups.stream()
                        .map(FileGroupFiles::baseFile)
                        .filter(Objects::nonNull)
                        .mapToLong(BaseFile::bytes)
                        .sum();
    }

    /** What older slices take, kept for readers of the past until a clean. */
    public long olderBytes() {
        return groups.stream().mapToLong(FileGroupFiles::olderBytes).sum();
    }

    static TableFiles list(HoodieTableMetaClient client) {
        // Lists folders rather than asking Hudi's metadata table: our writer keeps none.
        HoodieEngineContext context = new HoodieLocalEngineContext(client.getStorageConf());
        List<FileGroupFiles> groups = new ArrayList<>();
        try (HoodieTableFileSystemView view = HoodieTableFileSystemView.fileListingBasedFileSystemView(
                context, client, client.getCommitsAndCompactionTimeline())) {
            for (String partition : FSUtils.getAllPartitionPaths(context, client, false)) {
                addGroups(view, partition, groups);
            }
        }
        groups.sort(Comparator.comparing(FileGroupFiles::partition).thenComparing(FileGroupFiles::fileId));
        return new TableFiles(groups);
    }

    private static void addGroups(HoodieTableFileSystemView view, String partition, List<FileGroupFiles> groups) {
        Map<String, FileSlice> newest = new HashMap<>();
        // Merged: while a compaction is under way, readers see the old base file with the logs before and after.
        view.getLatestMergedFileSlicesBeforeOrOn(partition, AFTER_ALL_INSTANTS)
                .forEach(slice -> newest.put(slice.getFileId(), slice));
        view.getAllFileGroups(partition).forEach(group -> {
            FileSlice slice = newest.get(group.getFileGroupId().getFileId());
            if (slice != null) {
                groups.add(files(slice, group));
            }
        });
    }

    private static FileGroupFiles files(FileSlice newest, HoodieFileGroup group) {
        List<FileSlice> older = group.getAllFileSlices()
                .filter(slice -> slice.getBaseInstantTime().compareTo(newest.getBaseInstantTime()) < 0)
                .toList();
        return new FileGroupFiles(
                newest.getPartitionPath(),
                newest.getFileId(),
                newest.getBaseFile()
                        .map(file -> new BaseFile(file.getFileName(), file.getFileSize(), file.getCommitTime()))
                        .orElse(null),
                newest.getLogFileCnt(),
                newest.getLogFiles().mapToLong(HoodieLogFile::getFileSize).sum(),
                older.size(),
                older.stream().mapToLong(FileSlice::getTotalFileSize).sum());
    }
}

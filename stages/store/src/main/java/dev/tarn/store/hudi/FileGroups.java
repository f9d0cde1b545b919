package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hudi.avro.model.HoodieCompactionOperation;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.SyncableFileSystemView;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.table.HoodieTable;
import org.jspecify.annotations.Nullable;

/**
 * All file groups of the table with their newest files. Read from storage once, then kept up to date from what each
 * commit and compaction reports: no folder is listed while writing, so a commit takes as long with a hundred thousand
 * old files as with ten. Guarded by the table's lock.
 */
final class FileGroups {
    private final StoragePath tableFolder;
    private final long targetBytes;
    private final Map<FileLocation, FileGroup> groups = new HashMap<>();
    /** For each partition the group that takes new rows. */
    private final Map<String, FileGroup> open = new HashMap<>();

    FileGroups(StoragePath tableFolder, long targetBytes) {
        this.tableFolder = tableFolder;
        this.targetBytes = targetBytes;
    }

    /** Reads the table's folders. */
    static FileGroups read(HoodieTable<?, ?, ?, ?> table, HoodieEngineContext context, long targetBytes) {
        HoodieTableMetaClient metaClient = table.getMetaClient();
        FileGroups groups = new FileGroups(metaClient.getBasePath(), targetBytes);
        SyncableFileSystemView view = table.getHoodieView();
        for (String partition : FSUtils.getAllPartitionPaths(context, metaClient, false)) {
            Map<String, FileSlice> writing = new HashMap<>();
            view.getLatestFileSlices(partition).forEach(slice -> writing.put(slice.getFileId(), slice));
            view.getLatestMergedFileSlicesBeforeOrOn(partition, "99991231235959999")
                    .forEach(slice -> groups.add(slice, writing.get(slice.getFileId())));
        }
        return groups;
    }

    private void add(FileSlice slice, @Nullable FileSlice writing) {
        FileGroup group = new FileGroup(
                new FileLocation(slice.getPartitionPath(), slice.getFileId()), tableFolder, slice.getBaseInstantTime());
        if (slice.getBaseFile().isPresent()) {
            group.setBase(
                    slice.getBaseFile().get().getFileName(),
                    slice.getBaseFile().get().getFileSize());
        }
        slice.getLogFiles()
                .sorted(HoodieLogFile.getLogFileComparator())
                .forEach(log -> group.addLog(log.getFileName(), Math.max(0, log.getFileSize())));
        if (writing != null) {
            group.logsGoTo(writing.getBaseInstantTime());
        }
        groups.put(group.location(), group);
        offerForInserts(group);
    }

    Collection<FileGroup> all() {
        return groups.values();
    }

    @Nullable
    FileGroup find(FileLocation location) {
        return groups.get(location);
    }

    /** The group that takes new rows of this partition: one with room, unless there are enough rows for a new one. */
    FileGroup forInserts(String partition, int rows, long bytesPerRow, String instant) {
        FileGroup candidate = open.get(partition);
        boolean enoughForOwn = rows * bytesPerRow >= targetBytes / 4;
        if (candidate != null && candidate.expectedBytes() < targetBytes && !enoughForOwn) {
            return candidate;
        }
        return new FileGroup(newLocation(partition), tableFolder, instant);
    }

    static FileLocation newLocation(String partition) {
        return new FileLocation(partition, FSUtils.createNewFileIdPfx() + "-0");
    }

    private void offerForInserts(FileGroup group) {
        FileGroup current = open.get(group.location().partition());
        if (group.expectedBytes() < targetBytes
                && (current == null || current.expectedBytes() >= group.expectedBytes())) {
            open.put(group.location().partition(), group);
        }
    }

    /** Takes over what a commit of this writer wrote. */
    void committed(List<HoodieWriteStat> stats) {
        for (HoodieWriteStat stat : stats) {
            FileLocation location = new FileLocation(stat.getPartitionPath(), stat.getFileId());
            FileGroup group = groups.get(location);
            if (group == null) {
                group = new FileGroup(location, tableFolder, "");
                groups.put(location, group);
            }
            String name = name(stat.getPath());
            if (FSUtils.isLogFile(name)) {
                group.addLog(name, stat.getTotalWriteBytes());
            } else {
                group.setBase(name, stat.getFileSizeInBytes());
            }
            offerForInserts(group);
        }
    }

    /** From now on, logs of these groups are written for after the compaction. */
    void compactionScheduled(String instant, List<HoodieCompactionOperation> operations) {
        for (HoodieCompactionOperation operation : operations) {
            FileGroup group = groups.get(new FileLocation(operation.getPartitionPath(), operation.getFileId()));
            if (group != null) {
                group.logsGoTo(instant);
            }
        }
    }

    /** A compaction is complete. */
    void compacted(List<HoodieCompactionOperation> operations, Collection<HoodieWriteStat> stats) {
        Map<FileLocation, HoodieWriteStat> written = new HashMap<>();
        stats.forEach(stat -> written.put(new FileLocation(stat.getPartitionPath(), stat.getFileId()), stat));
        for (HoodieCompactionOperation operation : operations) {
            FileLocation location = new FileLocation(operation.getPartitionPath(), operation.getFileId());
            FileGroup group = groups.get(location);
            HoodieWriteStat stat = written.get(location);
            if (group != null && stat != null) {
                List<String> folded = operation.getDeltaFilePaths().stream()
                        .map(FileGroups::name)
                        .toList();
                group.compacted(name(stat.getPath()), stat.getFileSizeInBytes(), folded);
                offerForInserts(group);
            }
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isCompactionWorthIt() {
        return groups.values().stream().anyMatch(FileGroup::isWorthCompacting);
    }

    long baseBytes() {
        return groups.values().stream().mapToLong(FileGroup::baseBytes).sum();
    }

    long logBytes() {
        return groups.values().stream().mapToLong(FileGroup::logBytes).sum();
    }
}

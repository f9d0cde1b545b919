package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.storage.StoragePath;
import org.jspecify.annotations.Nullable;

/** The files that hold the newest state of one file group, as this writer knows them. Guarded by the table's lock. */
final class FileGroup {
    private final FileLocation location;
    private final StoragePath folder;
    /** The logs in the order in which they were begun, with their sizes in bytes. */
    private final Map<String, Long> logs = new LinkedHashMap<>();

    private @Nullable String baseFile;
    private String logInstant;
    private long baseBytes;

    FileGroup(FileLocation location, StoragePath tableFolder, String logInstant) {
        this.location = location;
        this.folder = FSUtils.constructAbsolutePath(tableFolder, location.partition());
        this.logInstant = logInstant;
    }

    FileLocation location() {
        return location;
    }

    boolean exists() {
        return baseFile != null || !logs.isEmpty();
    }

    /** The path of the base file; null if there is none yet. */
    @Nullable
    String baseFile() {
        return baseFile == null ? null : new StoragePath(folder, baseFile).toString();
    }

    boolean hasBaseFile() {
        return baseFile != null;
    }

    long baseBytes() {
        return baseBytes;
    }

    long logBytes() {
        return logs.values().stream().mapToLong(Long::longValue).sum();
    }

    int logs() {
        return logs.size();
    }

    boolean isWorthCompacting() {
        return LogsWorthFolding.isWorth(baseBytes, logBytes(), logs.size());
    }

    /** The size that the base file will have after the next compaction, roughly: logs are not compressed. */
    long expectedBytes() {
        return baseBytes + logBytes() / 3;
    }

    void setBase(String name, long bytes) {
        baseFile = name;
        baseBytes = bytes;
        logInstant = FSUtils.getCommitTime(name);
    }

    void addLog(String name, long bytes) {
        logs.merge(name, bytes, Long::sum);
    }

    /** From now on logs belong to the compaction that was scheduled as this instant (table version 6). */
    void logsGoTo(String instant) {
        logInstant = instant;
    }

    /** A compaction has folded these logs into a new base file. */
    void compacted(String newBase, long bytes, List<String> foldedLogs) {
        String instant = logInstant;
        foldedLogs.forEach(logs::remove);
        setBase(newBase, bytes);
        logInstant = instant;
    }

    /** Everything that a reader must merge. */
    FileSlice slice() {
        FileSlice slice = new FileSlice(location.partition(), logInstant, location.fileId());
        if (baseFile != null) {
            slice.setBaseFile(new HoodieBaseFile(new StoragePath(folder, baseFile).toString()));
        }
        logs.keySet().forEach(log -> slice.addLogFile(new HoodieLogFile(new StoragePath(folder, log))));
        return slice;
    }

    /** What Hudi's writing handles ask for: where the next log goes. Only the last log matters to them. */
    FileSlice sliceForWriting() {
        FileSlice slice = new FileSlice(location.partition(), logInstant, location.fileId());
        if (baseFile != null && FSUtils.getCommitTime(baseFile).equals(logInstant)) {
            slice.setBaseFile(new HoodieBaseFile(new StoragePath(folder, baseFile).toString()));
        }
        logs.keySet().stream()
                .map(log -> new HoodieLogFile(new StoragePath(folder, log)))
                .filter(log -> log.getDeltaCommitTime().equals(logInstant))
                .max(HoodieLogFile.getLogFileComparator())
                .ifPresent(slice::addLogFile);
        return slice;
    }

    /** The base file that a copy-on-write merge rewrites. */
    HoodieBaseFile base() {
        return new HoodieBaseFile(new StoragePath(folder, baseFile).toString());
    }
}

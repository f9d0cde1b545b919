package dev.tarn.processes.engine.history;

import dev.tarn.processes.engine.history.RowEvent.Removed;
import dev.tarn.processes.engine.history.RowEvent.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.model.HoodieFileGroup;
import org.apache.hudi.common.model.HoodieLogFile;
import org.jspecify.annotations.Nullable;

/** What the files of one file group that are still kept say of a row. */
final class GroupHistory {
    private final HoodieFileGroup group;
    private final Commits commits;
    private final Set<String> keys;
    private final Configuration hadoop;
    private final List<HoodieBaseFile> baseFiles;
    private final List<HoodieLogFile> logs = new ArrayList<>();
    private final Map<Integer, Optional<Found>> found = new HashMap<>();
    private final List<RowEvent> events = new ArrayList<>();

    private record Found(BaseFile file, BaseFile.Place place) {}

    GroupHistory(HoodieFileGroup group, Commits commits, Set<String> keys, Configuration hadoop) {
        this.group = group;
        this.commits = commits;
        this.keys = keys;
        this.hadoop = hadoop;
        List<FileSlice> slices = new ArrayList<>(group.getAllFileSlices().toList());
        slices.sort(java.util.Comparator.comparing(FileSlice::getBaseInstantTime));
        List<HoodieBaseFile> all = new ArrayList<>();
        for (FileSlice slice : slices) {
            HoodieBaseFile file = slice.getBaseFile().orElse(null);
            // A view shows files of compactions that still run, half written.
            if (file != null && commits.isVisible(file.getCommitTime())) {
                all.add(file);
            }
            slice.getLogFiles().sorted(HoodieLogFile.getLogFileComparator()).forEach(logs::add);
        }
        // What a compaction wrote is the file before it and its logs, which are read anyway.
        this.baseFiles = all.stream()
                .filter(file -> file == all.get(0) || !commits.isCompaction(file.getCommitTime()))
                .toList();
    }

    /** @param baseFilesRead counts them */
    List<RowEvent> events(AtomicInteger baseFilesRead, AtomicInteger logsRead) throws IOException {
        if (!baseFiles.isEmpty()) {
            int last = baseFiles.size() - 1;
            found(0).ifPresent(this::write);
            between(0, last);
            baseFilesRead.addAndGet(found.size());
        }
        LogFiles logFiles = new LogFiles(commits.storage(), partition(), commits::isVisible);
        for (HoodieLogFile log : logs) {
            logFiles.read(log, keys);
            logsRead.incrementAndGet();
        }
        events.addAll(logFiles.events());
        String replaced = commits.replacing(group.getFileGroupId().getFileId());
        if (replaced != null) {
            events.add(new Removed(replaced, partition(), null));
        }
        return events;
    }

    /**
     * Finds what happened after one base file up to another, without reading files between two that show that nothing
     * did: the same version of the row in both, or none in both and no new rows on the way.
     */
    private void between(int from, int to) throws IOException {
        if (from == to) {
            return;
        }
        Optional<Found> before = found(from);
        Optional<Found> after = found(to);
        boolean same = before.isPresent() && after.isPresent()
                ? before.orElseThrow()
                        .place()
                        .instant()
                        .equals(after.orElseThrow().place().instant())
                : before.isEmpty() && after.isEmpty() && !hasInserts(from + 1, to);
        if (same) {
            return;
        }
        if (to - from > 1) {
            int middle = (from + to) >>> 1;
            between(from, middle);
            between(middle, to);
        } else if (after.isPresent()) {
            write(after.orElseThrow());
        } else if (before.isPresent()) {
            events.add(new Removed(baseFiles.get(to).getCommitTime(), partition(), null));
        }
    }

    private boolean hasInserts(int first, int last) {
        for (int i = first; i <= last; i++) {
            if (commits.hasInserts(
                    baseFiles.get(i).getCommitTime(), group.getFileGroupId().getFileId())) {
                return true;
            }
        }
        return false;
    }

    private Optional<Found> found(int index) throws IOException {
        Optional<Found> known = found.get(index);
        if (known == null) {
            BaseFile file = new BaseFile(baseFiles.get(index).getPath(), hadoop);
            known = file.find(keys).map(place -> new Found(file, place));
            found.put(index, known);
        }
        return known;
    }

    private void write(Found row) {
        String instant = row.place().instant();
        boolean known = events.stream()
                .anyMatch(event -> event instanceof Written && event.instant().equals(instant));
        if (!known) {
            try {
                Map<String, @Nullable Object> values = row.file().read(row.place());
                events.add(new Written(instant, partition(), values));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private String partition() {
        return group.getPartitionPath();
    }
}

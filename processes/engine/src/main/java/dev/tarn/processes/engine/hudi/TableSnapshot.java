package dev.tarn.processes.engine.hudi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.engine.HoodieLocalEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieFileGroupId;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.TableSchemaResolver;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieTimeline;
import org.apache.hudi.common.table.timeline.TimelineUtils;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.exception.HoodieException;
import org.jspecify.annotations.Nullable;

/** A table as readers see it right after one of its instants: one slice of each file group, its logs only if they count. */
public final class TableSnapshot {
    private final HoodieTableMetaClient client;
    private final String instant;
    private final List<Slice> slices;
    private @Nullable HoodieSchema schema;

    private TableSnapshot(HoodieTableMetaClient client, String instant, List<Slice> slices) {
        this.client = client;
        this.instant = instant;
        this.slices = List.copyOf(slices);
    }

    /**
     * The rows of a file group.
     *
     * @param files the base file, and those logs alone that change its rows
     * @param content differs if the rows may differ
     * @param hasPartialRows whether rows in logs may lack columns, which are those of the version before
     */
    public record Slice(FileSlice files, String content, boolean hasPartialRows) {
        public boolean hasLogs() {
            return files.hasLogFiles();
        }

        /** The size of all that is read for it. */
        public long bytes() {
            return files.getTotalFileSize();
        }

        /** The size of its logs. */
        public long logBytes() {
            return files.getLogFiles().mapToLong(HoodieLogFile::getFileSize).sum();
        }

        /** Those logs as if there were no base file. */
        public FileSlice logsAlone() {
            return new FileSlice(
                    files.getFileGroupId(),
                    files.getBaseInstantTime(),
                    null,
                    files.getLogFiles().toList());
        }
    }

    /**
     * Lists the table's folders, and reads the heads of blocks in its logs.
     *
     * @param asOf the instant; null for the newest
     * @throws RuntimeException of Hudi's, if the table cannot be read as of the instant
     */
    static TableSnapshot read(HoodieTableMetaClient client, @Nullable String asOf, LogBlocks blocks) {
        HoodieTimeline timeline = client.getCommitsAndCompactionTimeline().filterCompletedAndCompactionInstants();
        if (asOf != null) {
            // What Hudi refuses to its own readers, such as a moment within commits that are not complete.
            TimelineUtils.validateTimestampAsOf(client, asOf);
        }
        String instant = asOf != null
                ? asOf
                : timeline.filterCompletedInstants()
                        .lastInstant()
                        .map(HoodieInstant::requestedTime)
                        .orElse("");
        List<Slice> slices = new ArrayList<>();
        if (!instant.isEmpty()) {
            Visible visible = new Visible(client, instant, blocks);
            HoodieEngineContext context = new HoodieLocalEngineContext(client.getStorageConf());
            try (HoodieTableFileSystemView view =
                    HoodieTableFileSystemView.fileListingBasedFileSystemView(context, client, timeline)) {
                // A compaction that is under way has an instant of its own, maybe a later one than all commits.
                String upTo = asOf != null
                        ? asOf
                        : timeline.lastInstant()
                                .map(HoodieInstant::requestedTime)
                                .orElse(instant);
                for (String partition : FSUtils.getAllPartitionPaths(context, client, false)) {
                    view.getLatestMergedFileSlicesBeforeOrOn(partition, upTo)
                            .forEach(slice -> slices.add(visible.part(slice)));
                }
            }
        }
        return new TableSnapshot(client, instant, slices);
    }

    /** What of a slice counts. Logs of the older table versions may hold commits that are not complete, or later ones. */
    private static final class Visible {
        private final HoodieTableMetaClient client;
        private final String upTo;
        private final LogBlocks blocks;
        private final HoodieTimeline completed;
        private final HoodieTimeline inflight;

        Visible(HoodieTableMetaClient client, String upTo, LogBlocks blocks) {
            this.client = client;
            this.upTo = upTo;
            this.blocks = blocks;
            this.completed = client.getCommitsTimeline().filterCompletedInstants();
            this.inflight = client.getCommitsTimeline().filterInflights();
        }

        // As the reader of logs decides for itself (BaseHoodieLogRecordReader).
        private boolean counts(String instant) {
            return instant.compareTo(upTo) <= 0
                    && !inflight.containsInstant(instant)
                    && completed.containsOrBeforeTimelineStarts(instant);
        }

        Slice part(FileSlice slice) {
            List<HoodieLogFile> logs = new ArrayList<>();
            StringBuilder content = new StringBuilder();
            slice.getBaseFile().ifPresent(file -> content.append(file.getFileName()));
            boolean changes = false;
            boolean partial = false;
            for (HoodieLogFile log : slice.getLogFiles()
                    .filter(log -> !log.isCDC())
                    .sorted(HoodieLogFile.getLogFileComparator())
                    .toList()) {
                LogBlocks.Blocks inLog = blocks.of(client.getStorage(), log);
                Set<String> counting = new TreeSet<>();
                inLog.instants().stream().filter(this::counts).forEach(counting::add);
                changes |= !counting.isEmpty();
                partial |= inLog.partial();
                if (!counting.isEmpty() || !inLog.rolledBack().isEmpty()) {
                    logs.add(log);
                    content.append('\n')
                            .append(log.getFileName())
                            .append(counting)
                            .append(inLog.rolledBack());
                }
            }
            HoodieFileGroupId group = slice.getFileGroupId();
            return new Slice(
                    new FileSlice(
                            group,
                            slice.getBaseInstantTime(),
                            slice.getBaseFile().orElse(null),
                            changes ? logs : List.of()),
                    content.toString(),
                    partial);
        }
    }

    public HoodieTableMetaClient client() {
        return client;
    }

    /** The instant after which it is; empty for a table without commits. */
    public String instant() {
        return instant;
    }

    public List<Slice> slices() {
        return slices;
    }

    /** All columns that the table has now, Hudi's own among them. */
    public synchronized HoodieSchema schema() {
        HoodieSchema found = schema;
        if (found == null) {
            try {
                found = new TableSchemaResolver(client).getTableSchema();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) { // What it declares.
                throw new HoodieException("The table has no schema", e);
            }
            schema = found;
        }
        return found;
    }

    /** What besides its files says which rows a slice has: columns, and how versions of a row are merged. */
    public String rules() {
        SortedMap<String, String> properties =
                new TreeMap<>(client.getTableConfig().propsMap());
        properties.keySet().removeIf(key -> key.contains("metadata.partitions") || key.equals("hoodie.table.checksum"));
        return client.getBasePath() + "\n" + schema() + "\n" + properties;
    }
}

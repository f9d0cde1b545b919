package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.History;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.upkeep.UpkeepReport;
import dev.tarn.store.upkeep.UpkeepReport.FileSum;
import dev.tarn.store.upkeep.UpkeepRequest;
import dev.tarn.store.upkeep.UpkeepRequest.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.CompactionUtils;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.HoodieJavaTable;
import org.apache.hudi.table.action.compact.strategy.UnBoundedCompactionStrategy;

/**
 * What is done to a table on request, between two steps of maintenance. What would be done is told from the same plans that
 * doing it follows.
 */
final class Upkeep {
    private final TableDescription table;
    private final TableWriterSettings settings;
    private final HudiSettings hudiSettings;
    private final HudiTable hudi;
    private final Maintenance maintenance;

    Upkeep(
            TableDescription table,
            TableWriterSettings settings,
            HudiSettings hudiSettings,
            HudiTable hudi,
            Maintenance maintenance) {
        this.table = table;
        this.settings = settings;
        this.hudiSettings = hudiSettings;
        this.hudi = hudi;
        this.maintenance = maintenance;
    }

    UpkeepReport perform(UpkeepRequest request, Mode mode) throws Exception {
        return maintenance.call(() -> {
            TableCommits commits = commits();
            if (hudi.columns().size() == 0 || commits.isEmpty()) {
                throw refusal("TABLE_EMPTY", "look after", "it has no commit yet. Ask again when rows have arrived");
            }
            if (request instanceof UpkeepRequest.Compact) {
                return compact(mode);
            }
            if (request instanceof UpkeepRequest.Clean clean) {
                return clean(clean.keep().orElse(settings.maintenance().history()), mode);
            }
            if (request instanceof UpkeepRequest.Savepoint savepoint) {
                return savepoint(savepoint, commits, mode);
            }
            if (request instanceof UpkeepRequest.DeleteSavepoint savepoint) {
                return deleteSavepoint(savepoint.instant(), commits, mode);
            }
            if (request instanceof UpkeepRequest.Restore restore) {
                return restore(restore.instant(), commits, mode);
            }
            throw refusal(
                    "CLUSTER_MIRRORED",
                    "cluster",
                    "its writer holds it open, and Hudi's clustering holds all rows of a file group in memory, which the"
                            + " process 'collect' does not have. The writer fills small files up by itself; 'tarn table"
                            + " stats " + table.fullName() + "' shows them");
        });
    }

    private TableCommits commits() {
        return new TableCommits(table.fullName(), hudiSettings.load());
    }

    private TarnException refusal(String code, String action, String reasonAndStep) {
        return new TarnException(
                ErrorKind.USER, code, "Cannot " + action + " table '" + table.fullName() + "': " + reasonAndStep + ".");
    }

    private UpkeepReport compact(Mode mode) throws Exception {
        if (table.type() != TableType.MERGE_ON_READ) {
            throw refusal("NOT_MERGE_ON_READ", "compact", "it is copy-on-write, so it has no logs to compact");
        }
        List<FileGroup> withLogs = hudi.exclusively(() ->
                hudi.groups().all().stream().filter(group -> group.logs() > 0).toList());
        long slices = withLogs.size();
        long logs = withLogs.stream().mapToLong(FileGroup::logs).sum();
        long read = withLogs.stream()
                .mapToLong(group -> group.baseBytes() + group.logBytes())
                .sum();
        if (slices == 0 || mode == Mode.TELL) {
            long expected =
                    withLogs.stream().mapToLong(FileGroup::expectedBytes).sum();
            return UpkeepReport.of(false, null).withRewriting(slices, logs, read, expected);
        }
        String before = newestCompaction();
        maintenance.compactNow();
        String done = newestCompaction();
        if (done.equals(before)) {
            throw new TarnException(
                    ErrorKind.EXTERNAL,
                    "COMPACT_FAILED",
                    "Cannot compact table '" + table.fullName() + "': Hudi's compaction did not end well. 'tarn logs"
                            + " collect' says why; it is tried again after the next commits.");
        }
        TableCommits after = commits();
        var plan = CompactionUtils.getCompactionPlan(hudiSettings.load(), done).getOperations();
        return UpkeepReport.of(true, done)
                .withRewriting(
                        plan.size(),
                        plan.stream()
                                .mapToLong(operation ->
                                        operation.getDeltaFilePaths().size())
                                .sum(),
                        read,
                        TableCommits.bytes(after.metadata(done)));
    }

    private String newestCompaction() {
        return hudiSettings
                .load()
                .getActiveTimeline()
                .getCommitAndReplaceTimeline()
                .filterCompletedInstants()
                .lastInstant()
                .map(HoodieInstant::requestedTime)
                .orElse("");
    }

    private UpkeepReport clean(History keep, Mode mode) throws Exception {
        HoodieWriteConfig config = hudiSettings.forCleaning(AvroColumns.toAvro(table.table(), hudi.columns()), keep);
        HoodieJavaEngineContext context = new HoodieJavaEngineContext(hudiSettings.storage());
        CleanPlans.Plan plan = new CleanPlans(config, context, hudiSettings.load()).plan();
        if (plan.removed().files() == 0 && plan.held().files() > 0) {
            throw refusal(
                    "SAVEPOINT_HOLDS",
                    "clean",
                    "all that could go, " + plan.held().files() + " files of "
                            + plan.held().bytes() + " bytes, is held by savepoints: "
                            + String.join(", ", commits().savepoints()) + ". Let one go with 'tarn table savepoint "
                            + table.fullName() + " INSTANT --delete'");
        }
        if (mode == Mode.DO && plan.removed().files() > 0) {
            try (HoodieJavaWriteClient<Object> client = new HoodieJavaWriteClient<>(context, config)) {
                client.clean();
            }
        }
        String oldest = plan.retains().orElse(commits().oldestReadable());
        return UpkeepReport.of(
                        mode == Mode.DO && plan.removed().files() > 0,
                        plan.retains().orElse(null))
                .withFiles(plan.removed(), plan.held())
                .reachingBackTo(oldest);
    }

    private UpkeepReport savepoint(UpkeepRequest.Savepoint wanted, TableCommits commits, Mode mode) throws Exception {
        String instant = wanted.instant().orElse(commits.newest());
        commits.requireReadable("keep", instant);
        if (commits.savepoints().contains(instant)) {
            throw refusal(
                    "SAVEPOINT_EXISTS",
                    "keep",
                    "instant " + instant + " is a savepoint already. 'tarn table savepoints " + table.fullName()
                            + "' shows it");
        }
        HoodieWriteConfig config = config();
        HoodieJavaEngineContext context = new HoodieJavaEngineContext(hudiSettings.storage());
        FileSum held = filesAsOf(instant, config, context);
        if (mode == Mode.DO) {
            try (HoodieJavaWriteClient<Object> client = new HoodieJavaWriteClient<>(context, config)) {
                client.savepoint(instant, wanted.user(), wanted.note());
            }
        }
        return UpkeepReport.of(mode == Mode.DO, instant)
                .withFiles(FileSum.NONE, held)
                .reachingBackTo(commits.oldestReadable());
    }

    private HoodieWriteConfig config() {
        return hudiSettings.forMaintenance(
                AvroColumns.toAvro(table.table(), hudi.columns()), UnBoundedCompactionStrategy.class);
    }

    /** The files that a reader as of this commit needs, by which Hudi's savepoint goes too. */
    private FileSum filesAsOf(String instant, HoodieWriteConfig config, HoodieJavaEngineContext context)
            throws IOException {
        HoodieTableMetaClient client = hudiSettings.load();
        var view = HoodieJavaTable.create(config, context, client).getSliceView();
        long files = 0;
        long bytes = 0;
        for (String partition : FSUtils.getAllPartitionPaths(context, client, false)) {
            for (FileSlice slice :
                    view.getLatestFileSlicesBeforeOrOn(partition, instant, true).toList()) {
                files += (slice.getBaseFile().isPresent() ? 1 : 0) + slice.getLogFileCnt();
                bytes += slice.getTotalFileSize();
            }
        }
        return new FileSum(files, bytes);
    }

    private UpkeepReport deleteSavepoint(String instant, TableCommits commits, Mode mode) throws Exception {
        if (!commits.savepoints().contains(instant)) {
            throw refusal(
                    "SAVEPOINT_UNKNOWN",
                    "delete savepoint '" + instant + "' of",
                    commits.savepoints().isEmpty()
                            ? "it has no savepoints. Make one with 'tarn table savepoint " + table.fullName() + "'"
                            : "its savepoints are " + String.join(", ", commits.savepoints()) + ". Name one of them");
        }
        if (mode == Mode.DO) {
            try (HoodieJavaWriteClient<Object> client =
                    new HoodieJavaWriteClient<>(new HoodieJavaEngineContext(hudiSettings.storage()), config())) {
                client.deleteSavepoint(instant);
            }
        }
        return UpkeepReport.of(mode == Mode.DO, instant).reachingBackTo(commits.oldestReadable());
    }

    private UpkeepReport restore(String instant, TableCommits commits, Mode mode) throws Exception {
        commits.requireReadable("roll back", instant);
        List<HoodieInstant> undone = commits.after(instant);
        if (undone.isEmpty()) {
            throw refusal(
                    "NOTHING_TO_UNDO", "roll back", "instant " + instant + " is its newest commit. Name an older one");
        }
        List<String> later = commits.savepoints().stream()
                .filter(each -> each.compareTo(instant) > 0)
                .toList();
        if (!later.isEmpty()) {
            throw refusal(
                    "SAVEPOINT_NEWER",
                    "roll back",
                    "savepoint " + String.join(", ", later) + " is newer than " + instant
                            + ", and would be lost. Let it go first: 'tarn table savepoint " + table.fullName() + " "
                            + later.get(0) + " --delete'");
        }
        List<String> instants = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (HoodieInstant each : undone) {
            HoodieCommitMetadata metadata = commits.metadata(each);
            instants.add(each.requestedTime());
            rows += changedRows(metadata);
            bytes += TableCommits.bytes(metadata);
        }
        Map<String, String> notes =
                commits.metadata(lastWrite(instant, commits)).getExtraMetadata();
        if (mode == Mode.DO) {
            hudi.exclusively(() -> {
                hudi.restore(instant);
                return null;
            });
        }
        return UpkeepReport.of(mode == Mode.DO, instant)
                .withUndone(instants, rows, bytes, notes.get(CommitNotes.OFFSETS))
                .reachingBackTo(commits.oldestReadable());
    }

    /** The commit itself, or where it is a compaction the last one before it that names offsets. */
    private static String lastWrite(String instant, TableCommits commits) throws IOException {
        for (HoodieInstant each : commits.upTo(instant)) {
            if (commits.metadata(each).getExtraMetadata().containsKey(CommitNotes.OFFSETS)) {
                return each.requestedTime();
            }
        }
        return instant;
    }

    private static long changedRows(HoodieCommitMetadata metadata) {
        if (WriteOperationType.isCompactionOrClustering(metadata.getOperationType())) {
            return 0;
        }
        return metadata.getWriteStats().stream().mapToLong(Upkeep::changedRows).sum();
    }

    private static long changedRows(HoodieWriteStat stat) {
        return stat.getNumInserts() + stat.getNumUpdateWrites() + stat.getNumDeletes();
    }
}

package dev.tarn.processes.engine.history;

import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.KeptCommits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.engine.HoodieLocalEngineContext;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.HoodieFileGroup;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.common.util.Option;

/**
 * The versions of one row, from all base files and logs that are still kept. Reads the keys of one base file of each file
 * group and all logs, but other columns only where the row is; no query runs.
 */
public final class RowHistory {
    private final HoodieTableMetaClient client;
    private final KeptCommits commits;

    /**
     * What was found.
     *
     * @param versions newest first; empty if no file that is kept has the row
     * @param complete whether nothing of the table's past has been removed
     * @param baseFiles how many were read
     * @param logFiles how many were read
     */
    public record Answer(List<RowVersion> versions, boolean complete, int baseFiles, int logFiles) {
        public Answer {
            versions = List.copyOf(versions);
        }
    }

    public RowHistory(HudiTable table) {
        this.client = table.client();
        this.commits = table.keptCommits();
    }

    /** The columns of the table's key, in their order. */
    public static List<String> keyColumns(HudiTable table) {
        Option<String[]> fields = table.client().getTableConfig().getRecordKeyFields();
        return fields.isPresent() ? List.of(fields.get()) : List.of();
    }

    public Answer find(RowKey key) throws IOException {
        Configuration hadoop = client.getStorageConf().unwrapAs(Configuration.class);
        Set<String> keys = key.recordKeys();
        Commits instants = new Commits(client);
        AtomicInteger baseFiles = new AtomicInteger();
        AtomicInteger logFiles = new AtomicInteger();
        List<RowEvent> events;
        try {
            events = groups().parallelStream()
                    .map(group -> new GroupHistory(group, instants, keys, hadoop))
                    .flatMap(group -> events(group, baseFiles, logFiles))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        boolean complete = commits.isComplete();
        return new Answer(new Versions(commits, complete).of(events), complete, baseFiles.get(), logFiles.get());
    }

    private static Stream<RowEvent> events(GroupHistory group, AtomicInteger baseFiles, AtomicInteger logFiles) {
        try {
            return group.events(baseFiles, logFiles).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, since a row that changed its partition, or was clustered, has been in several. */
    private List<HoodieFileGroup> groups() {
        HoodieEngineContext context = new HoodieLocalEngineContext(client.getStorageConf());
        List<HoodieFileGroup> groups = new ArrayList<>();
        try (HoodieTableFileSystemView view = HoodieTableFileSystemView.fileListingBasedFileSystemView(
                context, client, client.getCommitsAndCompactionTimeline())) {
            for (String partition : FSUtils.getAllPartitionPaths(context, client, false)) {
                view.getAllFileGroups(partition).forEach(groups::add);
                view.getAllReplacedFileGroups(partition).forEach(groups::add);
            }
        }
        return groups;
    }
}

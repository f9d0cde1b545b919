package dev.tarn.store.hudi;

import dev.tarn.store.upkeep.UpkeepReport.FileSum;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.model.CleanFileInfo;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.table.HoodieJavaCopyOnWriteTable;
import org.apache.hudi.table.HoodieJavaMergeOnReadTable;
import org.apache.hudi.table.HoodieJavaTable;
import org.apache.hudi.table.HoodieTable;
import org.apache.hudi.table.action.clean.CleanPlanner;

/** What a clean would do, by Hudi's own planner: nothing is written. */
final class CleanPlans {
    private final HoodieWriteConfig config;
    private final HoodieJavaEngineContext context;
    private final HoodieTableMetaClient client;

    /** @param client with the timeline as it is now */
    CleanPlans(HoodieWriteConfig config, HoodieJavaEngineContext context, HoodieTableMetaClient client) {
        this.config = config;
        this.context = context;
        this.client = client;
    }

    /**
     * A plan.
     *
     * @param retains the oldest commit whose files all stay; empty where so many commits are not there
     * @param removed files that would go
     * @param held files that would go, but for savepoints
     */
    record Plan(Optional<String> retains, FileSum removed, FileSum held) {}

    Plan plan() throws IOException {
        CleanPlanner<?, ?, ?, ?> planner =
                new CleanPlanner<>(context, HoodieJavaTable.create(config, context, client), config);
        Option<HoodieInstant> earliest = planner.getEarliestCommitToRetain();
        Set<String> removed = paths(planner, earliest);
        Set<String> held = paths(new CleanPlanner<>(context, withoutSavepoints(), config), earliest);
        held.removeAll(removed);
        return new Plan(
                Optional.ofNullable(earliest.map(HoodieInstant::requestedTime).orElse(null)), sum(removed), sum(held));
    }

    private static Set<String> paths(CleanPlanner<?, ?, ?, ?> planner, Option<HoodieInstant> earliest)
            throws IOException {
        Set<String> paths = new HashSet<>();
        for (String partition : planner.getPartitionPathsToClean(earliest)) {
            planner.getDeletePaths(partition, earliest).getRight().stream()
                    .map(CleanFileInfo::getFilePath)
                    .forEach(paths::add);
        }
        return paths;
    }

    private FileSum sum(Set<String> paths) throws IOException {
        long bytes = 0;
        for (String path : paths) {
            bytes += client.getStorage().getPathInfo(new StoragePath(path)).getLength();
        }
        return new FileSum(paths.size(), bytes);
    }

    private HoodieTable<?, ?, ?, ?> withoutSavepoints() {
        return client.getTableType() == HoodieTableType.MERGE_ON_READ
                ? new MergeOnRead(config, context, client)
                : new CopyOnWrite(config, context, client);
    }

    private static final class MergeOnRead extends HoodieJavaMergeOnReadTable<Object> {
        private static final long serialVersionUID = 1L;

        MergeOnRead(HoodieWriteConfig config, HoodieEngineContext context, HoodieTableMetaClient client) {
            super(config, context, client);
        }

        @Override
        public Set<String> getSavepointTimestamps() {
            return Set.of();
        }
    }

    private static final class CopyOnWrite extends HoodieJavaCopyOnWriteTable<Object> {
        private static final long serialVersionUID = 1L;

        CopyOnWrite(HoodieWriteConfig config, HoodieEngineContext context, HoodieTableMetaClient client) {
            super(config, context, client);
        }

        @Override
        public Set<String> getSavepointTimestamps() {
            return Set.of();
        }
    }
}

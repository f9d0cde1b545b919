package dev.tarn.store.hudi;

import dev.tarn.store.Columns;
import dev.tarn.store.TableDescription;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.HoodieJavaTable;
import org.apache.hudi.table.HoodieTable;
import org.apache.hudi.table.action.restore.RestoreUtils;
import org.jspecify.annotations.Nullable;

/** Hudi's client for as long as the table's columns stay the same. */
final class WriteSession implements AutoCloseable {
    private final Columns columns;
    private final @Nullable RowLayout layout;
    private final HoodieJavaEngineContext context;
    private final HoodieWriteConfig config;
    private final CommitClient hudi;

    private WriteSession(
            Columns columns, @Nullable RowLayout layout, HoodieJavaEngineContext context, HoodieWriteConfig config) {
        this.columns = columns;
        this.layout = layout;
        this.context = context;
        this.config = config;
        this.hudi = new CommitClient(context, config);
    }

    /** @param columns none for a table that has no commit yet: it can be read and rolled back, not written */
    static WriteSession open(TableDescription table, Columns columns, HudiSettings settings) {
        RowLayout layout = columns.size() == 0 ? null : RowLayout.of(table, columns);
        Schema schema = layout == null ? AvroColumns.toAvro(table.table(), columns) : layout.schema();
        HoodieJavaEngineContext context = new HoodieJavaEngineContext(settings.storage());
        return new WriteSession(columns, layout, context, settings.forWriting(schema));
    }

    Columns columns() {
        return columns;
    }

    RowLayout layout() {
        if (layout == null) {
            throw new IllegalStateException("no columns yet");
        }
        return layout;
    }

    HoodieJavaEngineContext context() {
        return context;
    }

    /** Hudi's own table, which lists folders. */
    HoodieTable<?, ?, ?, ?> plainTable(HoodieTableMetaClient client) {
        return HoodieJavaTable.create(config, context, client);
    }

    /** Rolls back half-made commits and clusterings, and ends a restore that was begun. */
    void rollBackLeftovers(HoodieTableMetaClient client) throws IOException {
        client.reloadActiveTimeline();
        for (HoodieInstant restore : client.getActiveTimeline()
                .getRestoreTimeline()
                .filterInflightsAndRequested()
                .getInstants()) {
            // Hudi takes up the plan that it finds.
            restore(RestoreUtils.getSavepointToRestoreTimestamp(plainTable(client), restore));
            client.reloadActiveTimeline();
        }
        for (HoodieInstant instant : client.getActiveTimeline()
                .getCommitsTimeline()
                .filterPendingExcludingCompaction()
                .getReverseOrderedInstants()
                .toList()) {
            hudi.rollback(instant.requestedTime());
        }
        client.reloadActiveTimeline();
    }

    /** Starts a commit. The timeline in {@code client} is not read again for it: this writer owns the table. */
    String start(HoodieTableMetaClient client) {
        String action = client.getCommitActionType();
        hudi.setOperationType(WriteOperationType.UPSERT);
        String instant = hudi.startCommit(action, client);
        HoodieInstant requested = client.createNewInstant(HoodieInstant.State.REQUESTED, action, instant);
        client.getActiveTimeline().transitionRequestedToInflight(requested, Option.empty(), true);
        return instant;
    }

    GroupWriter writer(HoodieTableMetaClient client, FileGroups groups, String instant) {
        return new GroupWriter(
                config, WritableTables.create(config, context, client, groups), layout().schema(), instant);
    }

    void complete(
            HoodieTableMetaClient client,
            FileGroups groups,
            String instant,
            List<HoodieWriteStat> stats,
            Map<String, String> notes) {
        hudi.commit(
                WritableTables.create(config, context, client, groups),
                client.getCommitActionType(),
                instant,
                stats,
                notes);
    }

    void rollBack(String instant) {
        hudi.rollback(instant);
    }

    /** Undoes every commit after this one. */
    void restore(String instant) {
        hudi.restoreToInstant(instant, false);
    }

    @Override
    public void close() {
        hudi.close();
    }
}

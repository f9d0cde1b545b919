package dev.tarn.store.hudi;

import java.util.List;
import java.util.Map;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.TableWriteStats;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.HoodieTable;
import org.jspecify.annotations.Nullable;

/**
 * Hudi's client, kept from reading the whole timeline twice for each commit. It makes a new table object even when it is
 * given one, and that costs as much as there are instants: after a thousand commits, two thirds of a small commit.
 */
final class CommitClient extends HoodieJavaWriteClient<Object> {
    private @Nullable HoodieTable<?, ?, ?, ?> given;

    CommitClient(HoodieJavaEngineContext context, HoodieWriteConfig config) {
        super(context, config);
    }

    @SuppressWarnings("rawtypes") // as Hudi's method has it
    void commit(
            HoodieTable table, String action, String instant, List<HoodieWriteStat> stats, Map<String, String> notes) {
        given = table;
        try {
            boolean done = commitStats(
                    instant,
                    new TableWriteStats(stats),
                    Option.of(notes),
                    action,
                    Map.of(),
                    Option.empty(),
                    false,
                    Option.of(table));
            if (!done) {
                throw new IllegalStateException("Hudi did not commit " + instant);
            }
        } finally {
            given = null;
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected HoodieTable createTable(HoodieWriteConfig config) {
        return given == null ? super.createTable(config) : given;
    }
}

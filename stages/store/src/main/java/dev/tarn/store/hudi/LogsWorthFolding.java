package dev.tarn.store.hudi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hudi.avro.model.HoodieCompactionOperation;
import org.apache.hudi.avro.model.HoodieCompactionPlan;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.util.collection.Pair;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.action.compact.strategy.CompactionStrategy;

/**
 * Compacts the file groups whose logs have grown as large as their base file, or are many. Compacting all that have a log,
 * which is Hudi's default, writes a large table anew for a few changes each time: under steady change it was four fifths of
 * all work. So the work is in proportion to the changes, and a reader merges no more logs than base. Hudi makes it by name.
 */
public final class LogsWorthFolding extends CompactionStrategy {
    private static final long serialVersionUID = 1L;
    private static final int MANY_LOGS = 100;
    private static final String BASE_FILE_BYTES = "BASE_FILE_BYTES";

    static boolean isWorth(long baseBytes, long logBytes, int logs) {
        return logs > 0 && (logBytes >= baseBytes || logs >= MANY_LOGS);
    }

    @Override
    public Map<String, Double> captureMetrics(HoodieWriteConfig config, FileSlice slice) {
        Map<String, Double> metrics = super.captureMetrics(config, slice);
        metrics.put(
                BASE_FILE_BYTES,
                slice.getBaseFile().isPresent()
                        ? (double) slice.getBaseFile().get().getFileSize()
                        : 0.0);
        return metrics;
    }

    @Override
    public Pair<List<HoodieCompactionOperation>, List<String>> orderAndFilter(
            HoodieWriteConfig config,
            List<HoodieCompactionOperation> operations,
            List<HoodieCompactionPlan> pendingCompactions) {
        List<HoodieCompactionOperation> worth = operations.stream()
                .filter(operation -> isWorth(
                        bytes(operation, BASE_FILE_BYTES),
                        bytes(operation, TOTAL_LOG_FILE_SIZE),
                        operation.getDeltaFilePaths().size()))
                .toList();
        // Hudi adds to the second.
        return Pair.of(worth, new ArrayList<>());
    }

    private static long bytes(HoodieCompactionOperation operation, String metric) {
        return operation.getMetrics().getOrDefault(metric, 0.0).longValue();
    }
}

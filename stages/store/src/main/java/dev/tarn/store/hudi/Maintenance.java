package dev.tarn.store.hudi;

import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableWriterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hudi.avro.model.HoodieCompactionOperation;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.util.CompactionUtils;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.table.action.HoodieWriteMetadata;
import org.apache.hudi.table.action.compact.strategy.UnBoundedCompactionStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compaction, cleaning and archiving, one after the other on one thread of low priority beside the writer. Only choosing
 * what to compact, and taking over the result, hold up a commit. A failure is logged and tried again after the next
 * commits; it never stops the writer.
 */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final TableDescription table;
    private final TableWriterSettings.Maintenance settings;
    private final HudiSettings hudiSettings;
    private final HudiTable hudi;
    private final HudiThreads thread;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicInteger sinceCompaction = new AtomicInteger();
    private final AtomicInteger sinceCleaning = new AtomicInteger();
    private volatile boolean catchingUp;
    private volatile boolean closing;

    Maintenance(
            TableDescription table,
            TableWriterSettings.Maintenance settings,
            HudiSettings hudiSettings,
            HudiTable hudi) {
        this.table = table;
        this.settings = settings;
        this.hudiSettings = hudiSettings;
        this.hudi = hudi;
        this.thread = new HudiThreads("tarn-maintenance-" + table.fullName(), 1, Thread.MIN_PRIORITY);
    }

    void afterCommit() {
        sinceCompaction.incrementAndGet();
        sinceCleaning.incrementAndGet();
        startWhatIsDue();
    }

    /** Whether the writer is behind its source: then compaction leaves it the processors, unless logs get very large. */
    void catchingUp(boolean behind) {
        boolean ended = catchingUp && !behind;
        catchingUp = behind;
        if (ended) {
            startWhatIsDue();
        }
    }

    private void startWhatIsDue() {
        if ((compactionDue() || cleaningDue()) && running.compareAndSet(false, true)) {
            thread.start(() -> {
                try {
                    run(compactionDue() ? Compaction.WHERE_WORTH_IT : Compaction.NONE, cleaningDue());
                } finally {
                    running.set(false);
                }
            });
        }
    }

    private enum Compaction {
        NONE,
        WHERE_WORTH_IT,
        EVERYTHING
    }

    private boolean compactionDue() {
        return table.type() == TableType.MERGE_ON_READ
                && settings.cleanAfterCommits() > 0
                && sinceCompaction.get() >= settings.compactAfterCommits()
                && (!catchingUp || hudi.areLogsVeryLarge());
    }

    private boolean cleaningDue() {
        return settings.cleanAfterCommits() > 0 && sinceCleaning.get() >= settings.cleanAfterCommits();
    }

    void runNow() {
        try {
            thread.call(() -> {
                run(table.type() == TableType.MERGE_ON_READ ? Compaction.EVERYTHING : Compaction.NONE, true);
                return null;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Merges all logs there are into their base files, now, and waits for it. */
    void compactNow() throws Exception {
        call(() -> {
            run(Compaction.EVERYTHING, false);
            return null;
        });
    }

    /** Runs something between two steps of maintenance, and waits for it. */
    <T> T call(Callable<T> step) throws Exception {
        return thread.call(step);
    }

    private void run(Compaction compaction, boolean clean) {
        if (closing || hudi.columns().size() == 0) {
            return;
        }
        attempt("Maintenance", () -> {
            steps(compaction, clean);
            return null;
        });
    }

    private void steps(Compaction compaction, boolean clean) {
        HoodieJavaEngineContext context = new HoodieJavaEngineContext(hudiSettings.storage());
        try (HoodieJavaWriteClient<Object> client = new HoodieJavaWriteClient<>(
                context,
                hudiSettings.forMaintenance(
                        AvroColumns.toAvro(table.table(), hudi.columns()),
                        compaction == Compaction.EVERYTHING
                                ? UnBoundedCompactionStrategy.class
                                : LogsWorthFolding.class))) {
            if (compaction != Compaction.NONE) {
                sinceCompaction.set(0);
                attempt("Compaction", () -> {
                    compact(client, compaction == Compaction.EVERYTHING);
                    return null;
                });
            }
            if (clean && !closing) {
                sinceCleaning.set(0);
                attempt("Cleaning", () -> {
                    client.clean();
                    client.archive();
                    return null;
                });
            }
        }
    }

    /** What fails does not keep the others from being done. */
    private void attempt(String what, Callable<Void> step) {
        try {
            step.call();
        } catch (Exception e) {
            hudi.readAnew();
            LOG.warn("{} of '{}' failed; tried again after the next commits", what, table.fullName(), e);
        }
    }

    private void compact(HoodieJavaWriteClient<Object> client, boolean everything) throws Exception {
        HoodieTableMetaClient timeline = hudiSettings.load();
        for (var left :
                timeline.getActiveTimeline().filterPendingCompactionTimeline().getInstants()) {
            compact(client, left.requestedTime());
        }
        if (!everything && !hudi.isCompactionWorthIt()) {
            return;
        }
        Option<String> scheduled = hudi.exclusively(() -> {
            Option<String> instant = client.scheduleCompaction(Option.empty());
            if (instant.isPresent()) {
                hudi.know(instant.get());
                hudi.groups().compactionScheduled(instant.get(), operations(instant.get()));
            }
            return instant;
        });
        if (scheduled.isPresent()) {
            compact(client, scheduled.get());
        }
    }

    private void compact(HoodieJavaWriteClient<Object> client, String instant) throws Exception {
        long start = System.nanoTime();
        List<HoodieCompactionOperation> operations = operations(instant);
        hudi.exclusively(() -> {
            hudi.know(instant);
            return null;
        });
        HoodieWriteMetadata<List<WriteStatus>> result = client.compact(instant, true);
        List<HoodieWriteStat> stats = new ArrayList<>();
        result.getCommitMetadata().get().getPartitionToWriteStats().values().forEach(stats::addAll);
        hudi.exclusively(() -> {
            hudi.groups().compacted(operations, stats);
            return null;
        });
        LOG.info(
                "Compacted {} file groups of '{}' in {} ms",
                operations.size(),
                table.fullName(),
                (System.nanoTime() - start) / 1_000_000);
    }

    private List<HoodieCompactionOperation> operations(String instant) {
        return CompactionUtils.getCompactionPlan(hudiSettings.load(), instant).getOperations();
    }

    /**
     * Begins nothing more. A compaction of a large table takes minutes, which nobody waits for: the end of the process ends
     * it, and the next writer does it again.
     *
     * @return whether all has ended; if not, nobody else may write the table yet
     */
    boolean closeWithin(Duration limit) {
        closing = true;
        return thread.closeWithin(limit);
    }
}

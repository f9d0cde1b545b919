package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Columns;
import dev.tarn.store.CopyOrder;
import dev.tarn.store.Offsets;
import dev.tarn.store.RefusedChanges;
import dev.tarn.store.Repair;
import dev.tarn.store.RowsGone;
import dev.tarn.store.TableCommit;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableWriter;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.upkeep.UpkeepReport;
import dev.tarn.store.upkeep.UpkeepRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a table as an Apache Hudi table on a local disk or an object store. */
public final class HudiTableWriter implements TableWriter {
    private static final Logger LOG = LoggerFactory.getLogger(HudiTableWriter.class);

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final TableDescription table;
    private final HudiThreads threads;
    private final TableLock lock;
    private final HudiTable hudi;
    private final Maintenance maintenance;
    private final Upkeep upkeep;
    private boolean closed;

    private HudiTableWriter(
            TableDescription table,
            HudiThreads threads,
            TableLock lock,
            HudiTable hudi,
            Maintenance maintenance,
            Upkeep upkeep) {
        this.table = table;
        this.threads = threads;
        this.lock = lock;
        this.hudi = hudi;
        this.maintenance = maintenance;
        this.upkeep = upkeep;
    }

    /**
     * Opens the table, making it when there is none: takes ownership, rolls back what a dead writer left half done, and
     * builds the key index.
     *
     * @param hadoop settings of Hadoop's file systems, such as those of {@code s3a}
     * @throws TarnException EXTERNAL, STORE_LOCKED, when another writer has the table; USER when it is not as described
     */
    public static HudiTableWriter open(TableDescription table, TableWriterSettings settings, Configuration hadoop) {
        HudiThreads threads = new HudiThreads("tarn-" + table.fullName(), settings.threads(), Thread.NORM_PRIORITY);
        TableLock lock = null;
        try {
            HudiSettings hudiSettings = new HudiSettings(table, settings, hadoop);
            TableLock acquired = threads.call(() -> TableLock.acquire(table, hudiSettings));
            lock = acquired;
            HudiTable hudi = threads.call(() -> HudiTable.open(table, settings, hudiSettings, threads));
            Maintenance maintenance = new Maintenance(table, settings.maintenance(), hudiSettings, hudi);
            Upkeep upkeep = new Upkeep(table, settings, hudiSettings, hudi, maintenance);
            return new HudiTableWriter(table, threads, lock, hudi, maintenance, upkeep);
        } catch (Exception e) {
            if (lock != null) {
                lock.close();
            }
            threads.close();
            throw failure(table, "open", e);
        }
    }

    @Override
    public Optional<TableCommit> lastCommit() {
        return hudi.lastCommit();
    }

    @Override
    public Columns columns() {
        return hudi.columns();
    }

    @Override
    public Set<String> partitions() {
        return hudi.partitions();
    }

    @Override
    public TableCommit commit(ChangeBatch batch, RefusedChanges refused) {
        if (closed) {
            throw new IllegalStateException("the writer of '" + table.fullName() + "' is closed");
        }
        try {
            TableCommit commit = threads.call(() -> hudi.commit(batch, refused));
            maintenance.afterCommit();
            return commit;
        } catch (Exception e) {
            throw failure(table, "commit to", e);
        }
    }

    @Override
    public void copy(ChangeBatch rows, CopyOrder order, RefusedChanges refused) {
        try {
            threads.call(() -> {
                hudi.copy(rows, order, refused);
                return null;
            });
        } catch (Exception e) {
            throw failure(table, "copy rows to", e);
        }
    }

    @Override
    public void endCopy() {
        try {
            if (threads.call(hudi::endCopy)) {
                maintenance.afterCommit();
            }
        } catch (Exception e) {
            throw failure(table, "commit to", e);
        }
    }

    @Override
    public void dropCopy() {
        try {
            threads.call(() -> {
                hudi.dropCopy();
                return null;
            });
        } catch (Exception e) {
            throw failure(table, "take back copied rows of", e);
        }
    }

    @Override
    public void delete(RowsGone gone, Offsets offsets) {
        try {
            threads.call(() -> {
                hudi.delete(gone, offsets);
                return null;
            });
            maintenance.afterCommit();
        } catch (Exception e) {
            throw failure(table, "delete rows of", e);
        }
    }

    /**
     * Brings rows in line with their source, in one commit that moves no offset. Extra rows and second copies are deleted
     * for good, in a table with soft deletes too: nobody deleted them.
     *
     * @return how many rows were written or deleted
     * @throws TarnException USER where a value does not fit its column, EXTERNAL where storage fails
     */
    public int repair(Repair repair) {
        try {
            int writes = threads.call(() -> hudi.repair(repair));
            maintenance.afterCommit();
            return writes;
        } catch (Exception e) {
            throw failure(table, "repair", e);
        }
    }

    /**
     * Says whether the table is behind its source. Until it is not, compaction leaves the processors to the
     * commits, unless the logs have become several times as large as the base files.
     */
    public void catchingUp(boolean behind) {
        maintenance.catchingUp(behind);
    }

    /** What the writer knows of its own size, for status pages and measurements. */
    public WriterStatus status() {
        return hudi.status();
    }

    /** Runs compaction, cleaning and archiving now, whether due or not, and waits for it. */
    public void maintainNow() {
        maintenance.runNow();
    }

    /**
     * Does something to the table as a whole, or tells what it would do, and waits for it. Any thread may ask, commits go on
     * meanwhile except during a restore and a clustering; after a restore {@link #lastCommit} names older offsets.
     *
     * @throws TarnException USER for what is refused, EXTERNAL where storage fails
     */
    public UpkeepReport perform(UpkeepRequest request, UpkeepRequest.Mode mode) {
        try {
            return upkeep.perform(request, mode);
        } catch (Exception e) {
            throw failure(table, "look after", e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean alone = maintenance.closeWithin(PATIENCE);
        try {
            threads.call(() -> {
                hudi.close();
                return null;
            });
        } catch (Exception e) {
            LOG.warn("Closing '{}' was not clean; the next writer rolls back what is left.", table.fullName(), e);
        } finally {
            if (alone) {
                lock.close();
            } else {
                releaseWhenAlone();
            }
            threads.close();
        }
    }

    private void releaseWhenAlone() {
        Thread waiting = new Thread(
                () -> {
                    while (!maintenance.closeWithin(Duration.ofMinutes(1))) {
                        LOG.info("A compaction of '{}' still runs; the table is not free yet", table.fullName());
                    }
                    lock.close();
                },
                "tarn-release-" + table.fullName());
        waiting.setDaemon(true);
        waiting.start();
    }

    private static TarnException failure(TableDescription table, String action, Exception cause) {
        if (cause instanceof TarnException known) {
            return known;
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new TarnException(
                ErrorKind.EXTERNAL,
                "STORE_COMMIT",
                "Cannot " + action + " table '" + table.fullName() + "' at '" + table.location() + "': "
                        + root.getClass().getSimpleName() + ": " + root.getMessage()
                        + ". Check that the storage can be reached and written, then try again.",
                cause);
    }
}

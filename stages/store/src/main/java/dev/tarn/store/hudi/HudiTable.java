package dev.tarn.store.hudi;

import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.ColumnEvolution;
import dev.tarn.store.Columns;
import dev.tarn.store.CopyOrder;
import dev.tarn.store.Offsets;
import dev.tarn.store.RefusedChanges;
import dev.tarn.store.Repair;
import dev.tarn.store.RowsGone;
import dev.tarn.store.SourceSpan;
import dev.tarn.store.TableCommit;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.index.FileLocation;
import dev.tarn.store.index.GlobalIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open table: its timeline, files and index, and the making of commits. Commits come from one thread; the lock keeps
 * them apart from the moments in which maintenance changes which files are the newest.
 */
final class HudiTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HudiTable.class);
    private static final int DELETES_AT_ONCE = 100_000;
    private static final long LARGE_LOG_BYTES = 512L << 20;
    /** How many times the size of the base files. */
    private static final int VERY_LARGE_LOGS = 4;

    private static final String AFTER_ALL_INSTANTS = "99991231235959999";

    private final TableDescription table;
    private final TableWriterSettings settings;
    private final HudiSettings hudiSettings;
    private final HudiThreads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final HoodieTableMetaClient client;
    private final SeenInstants instants = new SeenInstants();
    private GlobalIndex index;
    private FileGroups groups;
    private WriteSession session;
    private @Nullable TableCommit lastCommit;
    private @Nullable OpenCopy copy;
    /** Whether a copy was lost while somebody else than the one who gives the rows ended it. */
    private boolean copyLost;

    private long bytesPerRow = 100;
    /** Also set by maintenance, from its own thread. */
    private volatile boolean stale;

    private HudiTable(
            TableDescription table,
            TableWriterSettings settings,
            HudiSettings hudiSettings,
            HudiThreads threads,
            HoodieTableMetaClient client,
            WriteSession session) {
        this.table = table;
        this.settings = settings;
        this.hudiSettings = hudiSettings;
        this.threads = threads;
        this.client = client;
        this.session = session;
        this.index = new GlobalIndex(settings.index());
        this.groups = new FileGroups(client.getBasePath(), targetBytes());
    }

    static HudiTable open(
            TableDescription table, TableWriterSettings settings, HudiSettings hudiSettings, HudiThreads threads)
            throws Exception {
        HoodieTableMetaClient client = OpenTable.loadOrCreate(table, hudiSettings);
        WriteSession session = WriteSession.open(table, OpenTable.columns(client), hudiSettings);
        HudiTable opened = new HudiTable(table, settings, hudiSettings, threads, client, session);
        opened.reload();
        return opened;
    }

    /**
     * Reads everything anew from storage. What a commit left that could not be rolled back goes first: its log blocks
     * would be indexed as rows, and be gone after the next commit. For upkeep, inside {@link #exclusively}.
     */
    void reload() throws Exception {
        session.rollBackLeftovers(client);
        lastCommit = CommitNotes.findLast(client).orElse(null);
        instants.readAnew(client);
        Columns columns = OpenTable.columns(client);
        if (!columns.equals(session.columns())) {
            session.close();
            session = WriteSession.open(table, columns, hudiSettings);
        }
        groups = FileGroups.read(session.plainTable(client), session.context(), targetBytes());
        index.close();
        index = new GlobalIndex(settings.index());
        if (columns.size() > 0) {
            long start = System.nanoTime();
            new IndexLoader(new SliceReader(client, session.layout().schema()), threads, AFTER_ALL_INSTANTS)
                    .load(groups, index);
            LOG.info(
                    "Indexed {} keys of '{}' in {} ms",
                    index.size(),
                    table.fullName(),
                    (System.nanoTime() - start) / 1_000_000);
        }
        stale = false;
    }

    private long targetBytes() {
        return table.type() == TableType.MERGE_ON_READ
                ? settings.files().mergeOnReadBytes()
                : settings.files().copyOnWriteBytes();
    }

    Optional<TableCommit> lastCommit() {
        return Optional.ofNullable(lastCommit);
    }

    Columns columns() {
        return session.columns();
    }

    Set<String> partitions() {
        lock.lock();
        try {
            Set<String> partitions = new HashSet<>();
            groups.all().forEach(group -> partitions.add(group.location().partition()));
            return partitions;
        } finally {
            lock.unlock();
        }
    }

    TableCommit commit(ChangeBatch batch, RefusedChanges refused) throws Exception {
        lock.lock();
        try {
            endCopy();
            reloadWhenOthersWrote();
            Offsets committed = committedOffsets();
            follow(batch.changes());
            ChangeResolver.Resolved resolved = resolve(batch.changes(), committed, refused);
            Offsets offsets = committed.advancedBy(batch.offsets());
            if (resolved.writes().isEmpty() && lastCommit != null && offsets.equals(committed)) {
                return lastCommit;
            }
            return commit(resolved, offsets, Math.max(batch.lsn(), committedLsn()));
        } finally {
            lock.unlock();
        }
    }

    private Offsets committedOffsets() {
        return lastCommit == null ? Offsets.NONE : lastCommit.offsets();
    }

    private long committedLsn() {
        return lastCommit == null ? 0 : lastCommit.lsn();
    }

    /** As {@link dev.tarn.store.TableWriter#copy} says. */
    void copy(ChangeBatch batch, CopyOrder order, RefusedChanges refused) throws Exception {
        lock.lock();
        try {
            tellOfLostCopy();
            reloadWhenOthersWrote();
            follow(batch.changes());
            Offsets taken = copy == null ? committedOffsets() : copy.offsets();
            ChangeResolver.Resolved resolved = resolve(batch.changes(), taken, refused);
            if (OpenCopy.takes(resolved, order)) {
                take(resolved, batch);
            } else {
                endCopy();
                commit(resolved, committedOffsets().advancedBy(batch.offsets()), Math.max(batch.lsn(), committedLsn()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(ChangeResolver.Resolved resolved, ChangeBatch batch) throws Exception {
        boolean taken = false;
        try {
            OpenCopy into = copy;
            if (into == null) {
                String instant = session.start(client);
                into = new OpenCopy(
                        instant,
                        session.writer(client, groups, instant),
                        threads::start,
                        committedOffsets(),
                        committedLsn());
                copy = into;
            }
            into.write(resolved, batch.offsets(), batch.lsn(), index);
            taken = true;
        } finally {
            if (!taken) {
                stale = true;
                dropCopy();
            }
        }
    }

    /** @return whether {@link #copy} had taken anything that is committed now */
    boolean endCopy() throws Exception {
        lock.lock();
        try {
            tellOfLostCopy();
            OpenCopy ending = copy;
            if (ending == null) {
                return false;
            }
            boolean committed = false;
            try {
                complete(ending.finish(), ending.commit());
                copy = null;
                committed = true;
            } finally {
                if (!committed) {
                    dropCopy();
                }
            }
            forgetPending();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Who read the timeline during a copy saw its instant as pending, and the next start would roll it back. */
    private void forgetPending() {
        try {
            client.reloadActiveTimeline();
        } catch (RuntimeException e) {
            // The copy is committed all the same.
            stale = true;
            LOG.warn("Cannot read the timeline of '{}'; tried again before the next commit", table.fullName(), e);
        }
    }

    /** As {@link dev.tarn.store.TableWriter#dropCopy} says. */
    void dropCopy() {
        lock.lock();
        try {
            OpenCopy dropped = copy;
            copy = null;
            if (dropped != null) {
                stale = true;
                dropped.drop();
                rollBack(dropped.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellOfLostCopy() throws IOException {
        if (copyLost) {
            copyLost = false;
            throw new IOException("copied rows could not be committed: the log says why");
        }
    }

    void delete(RowsGone gone, Offsets reached) throws Exception {
        lock.lock();
        try {
            endCopy();
            reloadWhenOthersWrote();
            if (lastCommit == null) {
                return;
            }
            RowSweep sweep = new RowSweep(
                    table,
                    session.layout(),
                    new SliceReader(client, session.layout().schema()),
                    AFTER_ALL_INSTANTS);
            List<RowWrite> deletes = new ArrayList<>();
            for (FileLocation place : index.placesOfRowsBefore(gone.lsn())) {
                deletes.addAll(sweep.deletes(gone, Objects.requireNonNull(groups.find(place))));
                if (deletes.size() >= DELETES_AT_ONCE) {
                    // Without the offsets: until the last of these commits, the whole may be asked for again.
                    commit(ChangeResolver.Resolved.gone(deletes, gone), lastCommit.offsets(), lastCommit.lsn());
                    deletes = new ArrayList<>();
                }
            }
            Offsets offsets = lastCommit.offsets().advancedBy(reached);
            if (!deletes.isEmpty() || !offsets.equals(lastCommit.offsets())) {
                commit(ChangeResolver.Resolved.gone(deletes, gone), offsets, Math.max(gone.lsn(), lastCommit.lsn()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many writes it took. */
    int repair(Repair repair) throws Exception {
        lock.lock();
        try {
            endCopy();
            // A fault may lie in files that this writer did not write, and does not know of.
            client.reloadActiveTimeline();
            reload();
            if (lastCommit == null) {
                return 0;
            }
            RowLayout layout = session.layout();
            SliceReader reader = new SliceReader(client, layout.schema());
            List<RowWrite> writes = new RowRepair(
                            layout,
                            index,
                            groups,
                            reader,
                            new StoredRows(reader, groups, layout.schema(), threads, AFTER_ALL_INSTANTS),
                            AFTER_ALL_INSTANTS)
                    .writes(repair);
            if (!writes.isEmpty()) {
                commit(
                        new ChangeResolver.Resolved(writes, List.of(), SourceSpan.NONE, 0),
                        lastCommit.offsets(),
                        lastCommit.lsn());
            }
            return writes.size();
        } finally {
            lock.unlock();
        }
    }

    private void reloadWhenOthersWrote() throws Exception {
        if (!stale) {
            instants.findOther(client).ifPresent(instant -> {
                LOG.warn("Someone else wrote '{}' at {}: reading it anew", table.fullName(), instant);
                stale = true;
            });
        }
        if (stale) {
            endCopy();
            reload();
        }
    }

    /** Makes the table's columns follow those of the rows. */
    private void follow(List<Change> changes) throws Exception {
        Columns columns = session.columns();
        Columns seen = null;
        for (Change change : changes) {
            if (change.row().columns() != seen) {
                seen = change.row().columns();
                columns = ColumnEvolution.evolve(table.fullName(), columns, seen);
            }
        }
        if (columns != session.columns()) {
            endCopy();
            session.close();
            session = WriteSession.open(table, columns, hudiSettings);
        }
    }

    private ChangeResolver.Resolved resolve(List<Change> changes, Offsets committed, RefusedChanges refused)
            throws Exception {
        if (changes.isEmpty()) {
            return ChangeResolver.Resolved.NOTHING;
        }
        RowLayout layout = session.layout();
        StoredRows storedRows = new StoredRows(
                new SliceReader(client, layout.schema()), groups, layout.schema(), threads, AFTER_ALL_INSTANTS);
        return new ChangeResolver(table, layout, index, storedRows).resolve(changes, committed, refused);
    }

    private TableCommit commit(ChangeResolver.Resolved resolved, Offsets offsets, long lsn) throws Exception {
        boolean committed = false;
        String instant = null;
        try {
            instant = session.start(client);
            WritePlan plan = WritePlan.of(resolved.writes(), groups, bytesPerRow, instant);
            List<HoodieWriteStat> stats = write(plan, instant);
            long deleted = resolved.writes().stream().filter(RowWrite::isDelete).count();
            TableCommit commit = new TableCommit(
                    instant,
                    offsets,
                    lsn,
                    resolved.span(),
                    resolved.writes().size() - deleted,
                    deleted,
                    resolved.passedOver());
            complete(stats, commit);
            plan.applyTo(index);
            resolved.unknownDeletes().forEach(row -> index.delete(row.key(), row.order()));
            committed = true;
            return commit;
        } finally {
            if (!committed) {
                // Files and index are read anew before the next commit: the rollback may itself have written logs.
                stale = true;
                if (instant != null) {
                    rollBack(instant);
                }
            }
        }
    }

    private void complete(List<HoodieWriteStat> stats, TableCommit commit) {
        session.complete(client, groups, commit.instant(), stats, CommitNotes.of(commit));
        instants.add(commit.instant());
        lastCommit = commit;
        groups.committed(stats);
        learnRowSize(stats);
    }

    private void rollBack(String instant) {
        try {
            session.rollBack(instant);
        } catch (RuntimeException e) {
            LOG.warn("Rolling back {} of '{}' failed; tried again at the next commit", instant, table.fullName(), e);
        }
    }

    private List<HoodieWriteStat> write(WritePlan plan, String instant) throws Exception {
        GroupWriter writer = session.writer(client, groups, instant);
        List<Callable<List<HoodieWriteStat>>> tasks = new ArrayList<>();
        for (GroupWrites writes : plan.groups()) {
            tasks.add(() -> writer.write(writes));
        }
        return threads.callAll(tasks).stream().flatMap(List::stream).toList();
    }

    private void learnRowSize(List<HoodieWriteStat> stats) {
        for (HoodieWriteStat stat : stats) {
            if (stat.getPath().endsWith(".parquet") && stat.getNumWrites() >= 1000) {
                bytesPerRow = Math.max(1, stat.getFileSizeInBytes() / stat.getNumWrites());
            }
        }
    }

    /** Runs a step of maintenance in which no commit may be under way. */
    <T> T exclusively(Callable<T> step) throws Exception {
        lock.lock();
        try {
            try {
                endCopy();
            } catch (Exception e) {
                copyLost = true;
                LOG.warn("Rows of the copy of '{}' could not be committed; they are read again", table.fullName(), e);
            }
            return step.call();
        } finally {
            lock.unlock();
        }
    }

    /** For maintenance, inside {@link #exclusively}. */
    FileGroups groups() {
        return groups;
    }

    /** For maintenance, inside {@link #exclusively}: an instant of our own is not someone else's. */
    void know(String instant) {
        instants.add(instant);
    }

    /** For maintenance, when it cannot say which files are the newest. */
    void readAnew() {
        stale = true;
    }

    /** For upkeep, inside {@link #exclusively}: undoes every commit after this one, and reads the table anew. */
    void restore(String instant) throws Exception {
        stale = true;
        session.restore(instant);
        reload();
    }

    boolean isCompactionWorthIt() {
        lock.lock();
        try {
            return groups.isCompactionWorthIt();
        } finally {
            lock.unlock();
        }
    }

    boolean areLogsVeryLarge() {
        lock.lock();
        try {
            return groups.logBytes() > Math.max(LARGE_LOG_BYTES, VERY_LARGE_LOGS * groups.baseBytes());
        } finally {
            lock.unlock();
        }
    }

    WriterStatus status() {
        lock.lock();
        try {
            return new WriterStatus(
                    index.size(),
                    index.memoryBytes(),
                    index.onDisk(),
                    groups.all().size(),
                    groups.logBytes());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            endCopy();
        } catch (Exception e) {
            LOG.warn(
                    "Rows of the copy of '{}' could not be committed; the next writer reads them again",
                    table.fullName(),
                    e);
        }
        index.close();
        session.close();
    }
}

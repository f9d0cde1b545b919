package dev.tarn.load;

import dev.tarn.load.postgres.Catalog;
import dev.tarn.load.postgres.Moment;
import dev.tarn.load.postgres.OpenTransactions;
import dev.tarn.load.postgres.Session;
import dev.tarn.load.postgres.Sql;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads of one copy, with a session each: the first finds the moment and the table, all read. */
final class CopyThreads {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CANCELS = Duration.ofMillis(100);

    private final TableToCopy table;
    private final CopySettings settings;
    private final BatchQueue batches;
    private final CopyProgress progress;
    private final RateLimit limit;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Thread first;

    CopyThreads(TableToCopy table, CopySettings settings, BatchQueue batches, CopyProgress progress) {
        this.table = table;
        this.settings = settings;
        this.batches = batches;
        this.progress = progress;
        this.limit = new RateLimit(settings.rowsPerSecond(), System::nanoTime);
        this.first = thread(0, this::copy);
    }

    void start() {
        begin(first);
    }

    /** Ends the threads, wherever they are; the queue has been closed before. */
    void end() {
        long start = System.nanoTime();
        boolean interrupted = false;
        // A cancel may come between two statements, and do nothing: so more than one.
        while (first.isAlive() && System.nanoTime() - start < PATIENCE.toNanos()) {
            sessions.forEach(CopyThreads::cancel);
            interrupted |= !join(first, BETWEEN_CANCELS);
        }
        sessions.forEach(Session::abort);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread, Duration wait) {
        try {
            thread.join(wait.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void cancel(Session session) {
        try {
            session.cancel();
        } catch (SQLException e) {
            // The database is gone, and what it did for us with it; or abort() ends it.
        }
    }

    private interface Work {
        void run(Session session) throws SQLException, InterruptedException;
    }

    private Thread thread(int number, Work work) {
        Thread thread = new Thread(() -> run(work), "copy-" + table.fullName() + "-" + number);
        thread.setDaemon(true);
        return thread;
    }

    private void begin(Thread thread) {
        batches.enter();
        thread.start();
    }

    private void run(Work work) {
        try (Session session = Session.open(table.url(), table.user(), table.password())) {
            sessions.add(session);
            try {
                if (!batches.isOver()) {
                    work.run(session);
                }
            } finally {
                sessions.remove(session);
            }
        } catch (SQLException e) {
            batches.fail(failure(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batches.fail(failure(e));
        } catch (RuntimeException e) {
            batches.fail(e);
        } finally {
            // Whatever else ended it, such as a want of memory: whoever polls must not wait for ever.
            batches.leave();
        }
    }

    private TarnException failure(Exception e) {
        return new TarnException(
                ErrorKind.EXTERNAL,
                "SOURCE_COPY",
                "Cannot copy table '" + table.fullName() + "' from " + table.address() + ": " + e.getMessage()
                        + ". See that the database runs and that user '" + table.user()
                        + "' may read the table; the copy begins anew.",
                e);
    }

    private void copy(Session session) throws SQLException, InterruptedException {
        if (session.isStandby()) {
            throw new UnfitTableException(
                    table.fullName(),
                    List.of("the database is a standby, which does not tell what transactions are open"));
        }
        awaitOpenTransactions(session);
        if (batches.isOver()) {
            return;
        }
        session.begin();
        // Before the first look: from here on nobody rewrites, truncates or drops the table.
        session.execute(
                "LOCK TABLE " + Sql.name(table.schema()) + "." + Sql.name(table.table()) + " IN ACCESS SHARE MODE");
        Moment moment = Moment.export(session);
        Catalog.Table found = Catalog.find(session, table.schema(), table.table())
                .orElseThrow(() -> new SQLException("there is no such table"));
        TablePlan plan = TablePlan.of(table, found);
        progress.reads(moment, plan.columns(), found.expectedRows(), found.bytes());
        boolean sorted = isSorted(session, plan);
        PageRanges ranges = found.isDivisible() && !sorted ? PageRanges.of(found.pages()) : PageRanges.whole();
        RangeReader reader = new RangeReader(
                sorted ? plan.query() + plan.order() : plan.query(),
                ranges,
                new RowDecoder(table, plan, found.database()),
                settings,
                limit,
                batches,
                progress);
        readAll(session, moment, reader, Math.min(settings.connections(), ranges.size()));
    }

    // Counted, not estimated: with more values than expected, whoever takes the rows would end a file every few rows.
    private boolean isSorted(Session session, TablePlan plan) throws SQLException {
        return !plan.sortedBy().isEmpty()
                && (table.unsorted() == 0
                        || Catalog.countValues(
                                        session, table.schema(), table.table(), plan.sortedBy(), table.unsorted() + 1)
                                > table.unsorted());
    }

    // The snapshot is there while this session's transaction is, so it stays until the others are through.
    private void readAll(Session session, Moment moment, RangeReader reader, int connections)
            throws SQLException, InterruptedException {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < connections; i++) {
            Thread other = thread(i, own -> {
                own.begin();
                own.adopt(moment.snapshot());
                reader.read(own);
                own.execute("COMMIT");
            });
            begin(other);
            others.add(other);
        }
        try {
            reader.read(session);
        } catch (SQLException e) {
            // Told before the others are awaited, who end by it.
            batches.fail(failure(e));
        } catch (RuntimeException e) {
            batches.fail(e);
        }
        for (Thread other : others) {
            other.join();
        }
        if (!batches.isOver()) {
            session.execute("COMMIT");
            progress.done();
            batches.end();
        }
    }

    // Whoever wrote before anyone streamed the table, and what is streamed already, must be seen.
    private void awaitOpenTransactions(Session session) throws SQLException, InterruptedException {
        Map<String, String> open = OpenTransactions.find(session);
        while (!open.isEmpty() && !batches.isOver()) {
            progress.waitsFor(open.values().iterator().next());
            batches.pause(BETWEEN_LOOKS.toNanos());
            Map<String, String> now = OpenTransactions.find(session);
            open.keySet().retainAll(now.keySet());
        }
        progress.waitsFor(null);
    }
}

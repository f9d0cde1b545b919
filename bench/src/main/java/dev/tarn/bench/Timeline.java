package dev.tarn.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Follows a table's timeline and keeps what it saw, since the table itself forgets. */
final class Timeline implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int LOOK_BACK = 40;
    private static final int LOOK_FAR_BACK = 10_000;

    private final LakeClient lake;
    private final String table;
    private final Map<String, TableEvent> events = new TreeMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread timeline = new Thread(task, "timeline");
        timeline.setDaemon(true);
        return timeline;
    });
    private String trouble = "nothing";

    private Timeline(LakeClient lake, String table) {
        this.lake = lake;
        this.table = table;
    }

    /** @param table such as {@code shop/sales} */
    @SuppressWarnings("FutureReturnValueIgnored") // Ends with the executor.
    static Timeline follow(LakeClient lake, String table) {
        Timeline timeline = new Timeline(lake, table);
        timeline.thread.scheduleWithFixedDelay(timeline::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return timeline;
    }

    private void look() {
        try {
            List<TableEvent> newest = lake.timeline(table, LOOK_BACK);
            if (newest.size() == LOOK_BACK && !isKnown(newest.get(LOOK_BACK - 1))) {
                newest = lake.timeline(table, LOOK_FAR_BACK);
            }
            take(newest);
        } catch (IOException e) {
            // The table is not there yet, or the lake is busy: the next look sees the same events.
            complain(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isKnown(TableEvent event) {
        return events.containsKey(event.instant());
    }

    private synchronized void take(List<TableEvent> newest) {
        newest.forEach(event -> events.put(event.instant(), event));
        notifyAll();
    }

    private synchronized void complain(IOException reason) {
        trouble = String.valueOf(reason.getMessage());
    }

    /** What was completed after the first and until the second time, in milliseconds since 1970. */
    synchronized List<TableEvent> between(long afterMillis, long untilMillis) {
        return events.values().stream()
                .filter(TableEvent::isCompleted)
                .filter(event -> event.completedMillis() > afterMillis && event.completedMillis() <= untilMillis)
                .toList();
    }

    /** All commits so far that brought changes, in their order. */
    synchronized List<TableEvent> commits() {
        return events.values().stream()
                .filter(event -> event.isCommit() && event.isCompleted())
                .toList();
    }

    /** The first commit that reaches a place in the source's log. */
    TableEvent awaitLsn(long lsn) throws InterruptedException {
        return await(
                "log position " + lsn,
                commits -> commits.stream().filter(event -> event.lsn() >= lsn).findFirst());
    }

    /** The commit by which so many rows have been inserted. */
    TableEvent awaitInserts(long rows) throws InterruptedException {
        return await(rows + " rows", commits -> {
            long inserted = 0;
            for (TableEvent commit : commits) {
                inserted += commit.inserted();
                if (inserted >= rows) {
                    return Optional.of(commit);
                }
            }
            return Optional.empty();
        });
    }

    private synchronized TableEvent await(String what, Function<List<TableEvent>, Optional<TableEvent>> search)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<TableEvent> found = search.apply(commits());
            if (found.isPresent()) {
                return found.orElseThrow();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("Table " + table + " did not reach " + what + " within "
                        + PATIENCE.toMinutes() + " minutes. Its last trouble: " + trouble);
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

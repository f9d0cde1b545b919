package dev.tarn.bench;

import dev.tarn.bench.SalesWriter.Mark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Changes of a source at a steady rate, in transactions of ten.
 *
 * @param rate changes a second
 * @param seconds how long
 */
record SteadyChanges(int rate, int seconds) {
    private static final int PER_TRANSACTION = 10;
    private static final long FIRST_MARK = 1_000_000_000_000L;
    private static final long MARK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Changes the source until the time is over.
     *
     * @param newest told of each mark, just after its commit
     * @return of every 200 ms the last change
     */
    List<Mark> make(SalesWriter writer, Consumer<Mark> newest) throws SQLException {
        List<Mark> marks = new ArrayList<>();
        long start = System.nanoTime();
        long markAt = start;
        int transactions = seconds * rate / PER_TRANSACTION;
        for (int i = 0; i < transactions; i++) {
            long due = start + (long) (i * (1e9 * PER_TRANSACTION / rate));
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (due >= markAt || i == transactions - 1) {
                Mark mark = writer.commitWithMark(PER_TRANSACTION - 1, FIRST_MARK + marks.size());
                marks.add(mark);
                newest.accept(mark);
                markAt += MARK_NANOS;
            } else {
                writer.commit(PER_TRANSACTION);
            }
        }
        return marks;
    }
}

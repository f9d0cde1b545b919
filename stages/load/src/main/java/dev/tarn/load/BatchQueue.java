package dev.tarn.load;

import dev.tarn.store.Row;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands batches of rows from the threads that read to the one that polls; a few at most are in it. */
final class BatchQueue {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<List<Row>> batches = new ArrayDeque<>();
    private int readers;
    private boolean ended;
    private boolean closed;
    private @Nullable RuntimeException failure;

    BatchQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Waits for a place.
     *
     * @return false if nobody wants rows any more
     */
    boolean put(List<Row> batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && failure == null && batches.size() >= capacity) {
                changed.await();
            }
            if (isOver()) {
                return false;
            }
            batches.add(batch);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch; empty if none came in time, or none will come. */
    List<Row> poll(Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (failure == null && batches.isEmpty() && !ended && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (failure != null) {
                throw failure;
            }
            List<Row> batch = batches.poll();
            changed.signalAll();
            return batch == null ? List.of() : batch;
        } finally {
            lock.unlock();
        }
    }

    /** One more thread may put batches. */
    void enter() {
        change(() -> readers++);
    }

    /** A thread puts no more. The last one has said before that all batches have been put, or else it failed. */
    void leave() {
        change(() -> {
            readers--;
            if (readers == 0 && !ended && !closed && failure == null) {
                failure = new IllegalStateException("a thread that copies rows has ended before its time");
            }
        });
    }

    /** All batches have been put. */
    void end() {
        change(() -> ended = true);
    }

    /** From now on, who polls gets this. The first failure counts. */
    void fail(RuntimeException e) {
        change(() -> failure = failure == null ? e : failure);
    }

    /** Nobody polls any more. */
    void close() {
        change(() -> {
            closed = true;
            batches.clear();
        });
    }

    /** Waits, but not beyond the end of interest in rows. */
    void pause(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !isOver()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody wants rows any more. */
    boolean isOver() {
        lock.lock();
        try {
            return closed || failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all batches have been put and polled. */
    boolean isDrained() {
        lock.lock();
        try {
            return ended && batches.isEmpty() && failure == null;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package dev.tarn.store.hudi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * The threads in which Hudi is called. Hudi and Hadoop look for classes through the thread's context class loader, which
 * inside a Connect worker is not the plugin's, and Hudi runs parallel streams, which would use the whole machine: on
 * these threads the loader is ours and the streams stay within.
 */
final class HudiThreads implements AutoCloseable {
    private final ForkJoinPool pool;

    HudiThreads(String name, int threads, int priority) {
        ForkJoinPool.ForkJoinWorkerThreadFactory factory = forPool -> {
            ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(forPool);
            thread.setContextClassLoader(HudiThreads.class.getClassLoader());
            thread.setName(name + "-" + thread.getPoolIndex());
            thread.setPriority(priority);
            return thread;
        };
        this.pool = new ForkJoinPool(threads, factory, null, false);
    }

    /** Runs one call there and waits for it. */
    <T> T call(Callable<T> task) throws Exception {
        if (ForkJoinTask.getPool() == pool) {
            return task.call();
        }
        return result(pool.submit(task));
    }

    /** Starts a task there and does not wait. */
    void start(Runnable task) {
        pool.execute(task);
    }

    /** Runs the calls side by side and waits for all; the first failure counts. */
    <T> List<T> callAll(List<? extends Callable<T>> tasks) throws Exception {
        List<ForkJoinTask<T>> running = new ArrayList<>(tasks.size());
        for (Callable<T> task : tasks) {
            running.add(pool.submit(task));
        }
        List<T> results = new ArrayList<>(tasks.size());
        Exception failure = null;
        for (ForkJoinTask<T> task : running) {
            try {
                results.add(result(task));
            } catch (Exception e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static <T> T result(ForkJoinTask<T> task) throws Exception {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // A commit that has begun is finished: half of it would have to be rolled back.
                    interrupted = true;
                } catch (ExecutionException e) {
                    Throwable cause = e;
                    while (cause instanceof ExecutionException && cause.getCause() != null) {
                        cause = cause.getCause();
                    }
                    throw cause instanceof Exception exception ? exception : e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Takes nothing more, and waits a little for what runs. It is never interrupted: Hudi takes an input that ends early for
     * a damaged log, passes over the rest of it, and commits what it has.
     *
     * @return whether all of it ended within the time
     */
    boolean closeWithin(Duration limit) {
        pool.shutdown();
        try {
            return pool.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return pool.isTerminated();
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.tarn.processes.engine;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/** One query that runs: its jobs bear its tag, so that all of them can be cancelled. */
final class RunningQuery {
    private final SparkContext spark;
    private final String tag;
    private final Duration timeout;
    private final @Nullable Duration lease;
    private final long startNanos = System.nanoTime();
    private volatile long seenNanos = startNanos;
    private volatile @Nullable RefusedException end;
    private volatile Runnable cancelElsewhere = () -> {};

    RunningQuery(SparkContext spark, String id, Duration timeout, @Nullable Duration lease) {
        this.spark = spark;
        this.tag = "tarn-" + id;
        this.timeout = timeout;
        this.lease = lease;
    }

    /** Jobs that this thread starts from now on are those of the query. */
    void adoptThread() {
        spark.addJobTag(tag);
        spark.setInterruptOnCancel(true);
    }

    void releaseThread() {
        spark.removeJobTag(tag);
    }

    /** What else to do when it is cancelled, for what does not run on Spark. */
    void onCancel(Runnable cancel) {
        cancelElsewhere = cancel;
        if (end != null) {
            cancel.run();
        }
    }

    /** Its client is still there. */
    void renewLease() {
        seenNanos = System.nanoTime();
    }

    void cancel() {
        end(new RefusedException(409, "QUERY_CANCELLED", "Cannot finish the query: it was cancelled."));
    }

    /** Ends what has taken too long or whom nobody waits for. Called again and again: a query may start job after job. */
    void watch() {
        long now = System.nanoTime();
        if (now - startNanos > timeout.toNanos()) {
            end(new RefusedException(
                    504,
                    "QUERY_TIMEOUT",
                    "Cannot finish the query within " + words(timeout) + ": it was cancelled."
                            + " Give it more time with --timeout, or with sql.timeout in lake.yaml."));
        } else if (lease != null && now - seenNanos > lease.toNanos()) {
            end(new RefusedException(
                    409,
                    "QUERY_CANCELLED",
                    "Cannot finish the query: its client has been silent for " + words(lease)
                            + ", so it was cancelled."));
        }
        if (end != null) {
            cancelWork();
        }
    }

    private synchronized void end(RefusedException reason) {
        if (end == null) {
            end = reason;
        }
        cancelWork();
    }

    private void cancelWork() {
        spark.cancelJobsWithTag(tag);
        cancelElsewhere.run();
    }

    /** Throws why it was ended before it was done, if it was. */
    void requireGoing() {
        RefusedException reason = end;
        if (reason != null) {
            throw reason;
        }
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}

package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream from its start to its end. What fails for a reason outside starts again, later and later. */
final class RunningStream {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStream.class);

    /** It gives up when it has failed so often without an event read between. */
    private static final int TRIES = 8;

    private static final long TELLING_MILLIS = 5_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final StreamSite site;
    private final StreamDefinition stream;
    private final ErrorWords words;
    private final Patience patience;
    private final Runnable atEnd;
    private final Instant startedAt = Instant.now();
    private final Progress progress = new Progress();
    private final ConsoleOutput console;
    private final AtomicLong quarantined = new AtomicLong();
    private final CountDownLatch launched = new CountDownLatch(1);
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile State state = State.STARTING;
    private volatile @Nullable String error;
    private volatile @Nullable RefusedException refusal;
    private volatile @Nullable StreamingQuery query;

    /** Which failures that may pass are tried again. */
    enum Patience {
        NONE,
        ONCE_LAUNCHED,
        ALWAYS
    }

    private enum State {
        STARTING,
        RUNNING,
        RESTARTING,
        FAILED,
        FINISHED,
        STOPPED
    }

    /**
     * @param patience which failures are tried again
     * @param atEnd runs when it has ended by itself with all that there was
     */
    RunningStream(StreamSite site, StreamDefinition stream, ErrorWords words, Patience patience, Runnable atEnd) {
        this.patience = patience;
        this.site = site;
        this.stream = stream;
        this.words = words;
        this.atEnd = atEnd;
        this.console = new ConsoleOutput(stream.name());
    }

    StreamDefinition stream() {
        return stream;
    }

    ConsoleOutput console() {
        return console;
    }

    /** Starts it on a thread of its own. */
    void start() {
        Thread thread = new Thread(this::run, "stream-" + stream.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when it has been launched for the first time; what refuses it then is thrown, and it has ended. */
    void awaitLaunch() throws InterruptedException {
        launched.await();
        if (refusal != null) {
            throw refusal;
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Ends it and waits until it has ended. */
    void stop() throws InterruptedException {
        stopAsked.countDown();
        StreamingQuery running = query;
        if (running != null) {
            try {
                running.stop();
            } catch (TimeoutException e) {
                LOG.warn("stream {} takes long to stop", stream.name(), e);
            }
        }
        ended.await(60, TimeUnit.SECONDS);
    }

    private void run() {
        int failures = 0;
        try {
            while (stopAsked.getCount() > 0) {
                long before = progress.events();
                Throwable fault = runOnce();
                if (fault == null) {
                    break;
                }
                failures = progress.events() > before ? 1 : failures + 1;
                error = words.of(reason(fault), stream.sql());
                LOG.error("stream {} failed", stream.name(), fault);
                if (isFinal(fault)
                        || failures >= tries()
                        || site.session().sparkContext().isStopped()) {
                    if (launched.getCount() > 0) {
                        refusal = fault instanceof RefusedException refused
                                ? refused
                                : new RefusedException(
                                        500, "STREAM", "Cannot start stream '" + stream.name() + "': " + error + ".");
                    }
                    state = State.FAILED;
                    return;
                }
                state = State.RESTARTING;
                Duration wait = Duration.ofSeconds(1L << Math.min(failures - 1, 5));
                if (stopAsked.await(Math.min(wait.toMillis(), LONGEST_WAIT.toMillis()), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            if (stopAsked.getCount() > 0) {
                state = State.FINISHED;
                atEnd.run();
            } else {
                state = State.STOPPED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            state = State.STOPPED;
        } finally {
            launched.countDown();
            ended.countDown();
        }
    }

    private int tries() {
        boolean patient =
                patience == Patience.ALWAYS || (patience == Patience.ONCE_LAUNCHED && launched.getCount() == 0);
        return patient ? TRIES : 1;
    }

    /** Why it failed; null if it has ended as it should. */
    private @Nullable Throwable runOnce() {
        StreamingQuery running = null;
        try {
            running = new StreamLaunch(site, stream, words, console, progress, quarantined::addAndGet).start();
            query = running;
            state = State.RUNNING;
            launched.countDown();
            if (stopAsked.getCount() == 0) {
                running.stop();
            }
            running.awaitTermination();
            // What Spark tells of batches comes on a thread of its own.
            site.session().sparkContext().listenerBus().waitUntilEmpty(TELLING_MILLIS);
            return null;
        } catch (Exception e) { // StreamingQueryException is checked, which Scala does not declare.
            return stopAsked.getCount() == 0 ? null : e;
        }
    }

    /** Without Spark's words around it. */
    private static Throwable reason(Throwable fault) {
        return fault instanceof StreamingQueryException && fault.getCause() != null ? fault.getCause() : fault;
    }

    private static boolean isFinal(Throwable fault) {
        if (fault instanceof RefusedException refused) {
            return refused.status() < 500;
        }
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (each instanceof AnalysisException) {
                return true;
            }
        }
        return false;
    }

    /** Whether Spark has told of a batch. One that rests since it started again has none, for as long as nothing comes. */
    boolean hasProgress() {
        return progress.last() != null;
    }

    /** @param ends how far topics go now, if Kafka has been asked */
    StreamStatus status(Map<String, Map<Integer, Long>> ends) {
        StreamingQueryProgress last = progress.last();
        Map<String, Map<String, Long>> lag = lag(last, ends);
        boolean stateful = last != null && last.stateOperators().length > 0;
        long stateRows = 0;
        if (last != null) {
            for (var operator : last.stateOperators()) {
                stateRows += operator.numRowsTotal();
            }
        }
        return new StreamStatus(
                stream.name(),
                state.name().toLowerCase(Locale.ROOT),
                startedAt.toString(),
                last == null ? null : last.batchId(),
                progress.events(),
                last == null ? null : finite(last.inputRowsPerSecond()),
                last == null ? null : finite(last.processedRowsPerSecond()),
                progress.batchMillis(),
                last == null ? null : last.eventTime().get("watermark"),
                stateful ? stateRows : null,
                progress.late(),
                quarantined.get(),
                lag,
                error);
    }

    private Map<String, Map<String, Long>> lag(
            @Nullable StreamingQueryProgress last, Map<String, Map<Integer, Long>> ends) {
        Map<String, Map<Integer, Long>> reached = last == null
                ? new Checkpoint(
                                site.checkpoint(stream.name()),
                                site.session().sparkContext().hadoopConfiguration())
                        .reached()
                : Progress.reached(last);
        Map<String, Map<Integer, Long>> seen = last == null ? Map.of() : Progress.ends(last);
        Map<String, Map<String, Long>> lag = new TreeMap<>();
        reached.forEach((topic, offsets) -> ends.getOrDefault(topic, seen.getOrDefault(topic, Map.of()))
                .forEach((partition, end) -> lag.computeIfAbsent(topic, name -> new TreeMap<>())
                        .put(Integer.toString(partition), Math.max(0, end - offsets.getOrDefault(partition, 0L)))));
        return lag;
    }

    private static @Nullable Double finite(double rate) {
        return Double.isFinite(rate) ? rate : null;
    }

    /** The batches that the console has after one. */
    List<ShownBatch> shownAfter(long batch) {
        return console.after(batch);
    }
}

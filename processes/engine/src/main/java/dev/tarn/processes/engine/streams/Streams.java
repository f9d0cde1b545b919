package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.RunningStream.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of a lake that run or have run in this process. What has been started is noted on disk until it is stopped,
 * and starts again with the process.
 */
public final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".json";
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final StreamSite site;
    private final ErrorWords words;
    private final Map<String, RunningStream> streams = new ConcurrentHashMap<>();
    private final Map<String, Long> watchedNanos = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stream-clock");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * The rows of a stream's SQL over whole topics.
     *
     * @param truncated whether there are more
     * @param undecodable how many events did not decode
     */
    public record BatchResult(Dataset<Row> rows, List<Row> found, boolean truncated, long undecodable) {}

    /** Whether a stream begins where it stopped. */
    public enum Begin {
        WHERE_IT_STOPPED,
        ANEW
    }

    public Streams(StreamSite site, ErrorWords words) {
        this.site = site;
        this.words = words;
    }

    /** Starts what had been started when the process ended; what Kafka or the registry is not ready for waits. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task handles what can go wrong, and ends with the executor.
    public void restore() {
        clock.scheduleWithFixedDelay(this::stopUnwatched, 5, 5, TimeUnit.SECONDS);
        for (StreamDefinition stream : noted()) {
            RunningStream running =
                    new RunningStream(site, stream, words, Patience.ALWAYS, () -> forget(stream.name()));
            streams.put(stream.name(), running);
            running.start();
        }
    }

    /** Starts a stream and notes it. What is wrong with it is a {@link RefusedException}. */
    public synchronized StreamStatus start(StreamDefinition stream, Begin begin) throws InterruptedException {
        RunningStream running = launch(stream, begin, Patience.ONCE_LAUNCHED, () -> forget(stream.name()));
        // A stream that ends by itself may have ended already.
        if (!running.hasEnded()) {
            note(stream);
        }
        return running.status(Map.of());
    }

    /** Starts a stream that ends when nobody has looked at it for a while. */
    public synchronized StreamStatus watch(StreamDefinition stream, boolean untilCaughtUp) throws InterruptedException {
        StreamDefinition one = untilCaughtUp ? stream.untilCaughtUp() : stream;
        watchedNanos.put(stream.name(), System.nanoTime());
        try {
            return launch(one, Begin.WHERE_IT_STOPPED, Patience.NONE, () -> {}).status(Map.of());
        } catch (RefusedException e) {
            watchedNanos.remove(stream.name());
            throw e;
        }
    }

    private RunningStream launch(StreamDefinition stream, Begin begin, Patience patience, Runnable atEnd)
            throws InterruptedException {
        String name = stream.name();
        RunningStream before = streams.get(name);
        if (before != null && !before.hasEnded()) {
            throw new RefusedException(
                    409,
                    "STREAM_RUNS",
                    "Cannot start stream '" + name + "': it runs. 'tarn stream stop " + name + "' stops it.");
        }
        if (begin == Begin.ANEW) {
            Configuration hadoop = site.session().sparkContext().hadoopConfiguration();
            new Checkpoint(site.checkpoint(name), hadoop).delete();
        }
        RunningStream running = new RunningStream(site, stream, words, patience, atEnd);
        running.start();
        running.awaitLaunch();
        streams.put(name, running);
        return running;
    }

    /** Stops a stream and forgets that it was started; says whether it ran. */
    public synchronized boolean stop(String name) throws InterruptedException {
        boolean known = forget(name);
        watchedNanos.remove(name);
        RunningStream running = streams.get(name);
        if (running == null || running.hasEnded()) {
            if (running != null) {
                streams.remove(name);
            }
            return known;
        }
        running.stop();
        return true;
    }

    /** All that run or have run. */
    public List<StreamStatus> statuses() {
        List<RunningStream> all = List.copyOf(streams.values());
        Map<String, Map<Integer, Long>> ends =
                ends(all.stream().filter(stream -> !stream.hasProgress()).toList());
        return all.stream().map(stream -> stream.status(ends)).toList();
    }

    /** One of them, with its lag as it is now. */
    public Optional<StreamStatus> find(String name) {
        watchedNanos.computeIfPresent(name, (key, nanos) -> System.nanoTime());
        return Optional.ofNullable(streams.get(name)).map(stream -> stream.status(ends(List.of(stream))));
    }

    private Map<String, Map<Integer, Long>> ends(List<RunningStream> asked) {
        Set<String> topics = new TreeSet<>();
        asked.forEach(stream -> topics.addAll(stream.stream().topics()));
        if (topics.isEmpty()) {
            return Map.of();
        }
        try {
            return new Topics(site).ends(topics);
        } catch (RefusedException e) {
            LOG.debug("no ends of topics", e);
            return Map.of();
        }
    }

    /** The names of those that have begun at some time, in this process or before. */
    public Set<String> begun() {
        return Checkpoint.names(
                site.checkpoints(), site.session().sparkContext().hadoopConfiguration());
    }

    /** What a stream has written to the console after a batch. */
    public List<ShownBatch> shownAfter(String name, long batch) {
        RunningStream running = streams.get(name);
        return running == null ? List.of() : running.shownAfter(batch);
    }

    /** Runs a stream's SQL over its topics as they are now. */
    public BatchResult batch(StreamDefinition stream, int maxRows) {
        SparkSession session = StreamLaunch.session(site);
        Topics topics = new Topics(site);
        stream.topics().forEach(topic -> topics.requireReadable(stream.name(), topic));
        BadEvents bad = new BadEvents();
        session.sparkContext().register(bad, "undecodable events of " + stream.name());
        new Inputs(site, session, stream, bad).asBatches(new ReaderSchemas(site).load(stream));
        Dataset<Row> rows = new StreamQuery(stream, words).rows(session);
        List<Row> found = rows.limit(maxRows + 1).collectAsList();
        return new BatchResult(
                rows,
                found.subList(0, Math.min(maxRows, found.size())),
                found.size() > maxRows,
                bad.value().size());
    }

    private void stopUnwatched() {
        watchedNanos.forEach((name, nanos) -> {
            RunningStream running = streams.get(name);
            if (running == null || running.hasEnded()) {
                return;
            }
            if (System.nanoTime() - nanos > SILENCE_NANOS) {
                try {
                    LOG.info("nobody watches stream {} any more", name);
                    stop(name);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) { // The next round tries again.
                    LOG.error("stream {} does not stop", name, e);
                }
            }
        });
    }

    private List<StreamDefinition> noted() {
        if (!Files.isDirectory(site.notes())) {
            return List.of();
        }
        List<StreamDefinition> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(site.notes())) {
            for (Path file : files.filter(each -> each.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                found.add(JSON.readValue(file.toFile(), StreamDefinition.class));
            }
            return found;
        } catch (IOException e) {
            // The engine serves without them; what is noted stays.
            LOG.error("streams that were started cannot be read", e);
            return found;
        }
    }

    private void note(StreamDefinition stream) {
        try {
            Files.createDirectories(site.notes());
            Path whole = site.notes().resolve(stream.name() + ".new");
            Files.write(whole, JSON.writeValueAsBytes(stream));
            Files.move(
                    whole,
                    site.notes().resolve(stream.name() + ENDING),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean forget(String name) {
        try {
            return Files.deleteIfExists(site.notes().resolve(name + ENDING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

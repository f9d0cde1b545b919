package dev.tarn.store.connect;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts when somebody asks for it. One writer owns a table, so others ask it by a file beside the timeline
 * ({@code .hoodie/tarn-compact-request}), which goes away when the request has been met. It works wherever the table
 * lies, and needs no port.
 */
final class CompactionRequests {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionRequests.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path request;
    private final Configuration hadoop;
    private final Runnable compaction;
    private final Executor executor;
    private Instant nextLook = Instant.EPOCH;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    CompactionRequests(URI table, Configuration hadoop, Runnable compaction) {
        this(table, hadoop, compaction, task -> {
            Thread thread = new Thread(task, "compaction-on-request");
            thread.setDaemon(true);
            thread.setContextClassLoader(CompactionRequests.class.getClassLoader());
            thread.start();
        });
    }

    CompactionRequests(URI table, Configuration hadoop, Runnable compaction, Executor executor) {
        this.request = new Path(new Path(table), ".hoodie/tarn-compact-request");
        this.hadoop = hadoop;
        this.compaction = compaction;
        this.executor = executor;
    }

    /** Looks for a request, at most once a second, and meets it beside the caller's work. */
    void look() {
        if (!running.isDone() || Instant.now().isBefore(nextLook)) {
            return;
        }
        nextLook = Instant.now().plus(LOOK_EVERY);
        try {
            FileSystem files = request.getFileSystem(hadoop);
            if (files.exists(request)) {
                running = CompletableFuture.runAsync(() -> meet(files), executor);
            }
        } catch (IOException e) {
            LOG.warn("Cannot look for {}: {}", request, e.getMessage());
        }
    }

    private void meet(FileSystem files) {
        try {
            compaction.run();
        } catch (RuntimeException e) {
            LOG.warn("The requested compaction failed", e);
        } finally {
            try {
                files.delete(request, false);
            } catch (IOException e) {
                LOG.warn("Cannot delete {}: {}", request, e.getMessage());
            }
        }
    }
}

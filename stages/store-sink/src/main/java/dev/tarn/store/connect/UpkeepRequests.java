package dev.tarn.store.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.upkeep.UpkeepReport;
import dev.tarn.store.upkeep.UpkeepRequest;
import dev.tarn.store.upkeep.UpkeepRequest.Mode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does to the table what somebody asks for. One writer owns a table, so others ask it by a file beside the timeline,
 * {@code .hoodie/tarn-requests/ID.request}; it works wherever the table lies, and needs no port. The request is renamed to
 * {@code ID.running} while it is met, and {@code ID.answer} takes its place: what a dying process had begun is not begun
 * again, but answered by the next one. What nobody waits for any more is not done.
 */
final class UpkeepRequests {
    private static final Logger LOG = LoggerFactory.getLogger(UpkeepRequests.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** An answer that nobody has fetched by then. */
    private static final Duration FORGET_AFTER = Duration.ofDays(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Configuration hadoop;
    private final Work work;
    private final Runnable afterRestore;
    private final Executor executor;
    private Instant nextLook = Instant.EPOCH;
    private boolean lookedBefore;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    /** What meets a request. */
    interface Work {
        UpkeepReport perform(UpkeepRequest request, Mode mode);
    }

    /** @param afterRestore called on the thread that looks, when the table has become older than what was read */
    UpkeepRequests(URI table, Configuration hadoop, Work work, Runnable afterRestore) {
        this(table, hadoop, work, afterRestore, task -> {
            Thread thread = new Thread(task, "upkeep-on-request");
            thread.setDaemon(true);
            thread.setContextClassLoader(UpkeepRequests.class.getClassLoader());
            thread.start();
        });
    }

    UpkeepRequests(URI table, Configuration hadoop, Work work, Runnable afterRestore, Executor executor) {
        this.folder = new Path(new Path(table), ".hoodie/tarn-requests");
        this.hadoop = hadoop;
        this.work = work;
        this.afterRestore = afterRestore;
        this.executor = executor;
    }

    /**
     * Looks for a request, at most once a second, and meets it beside the caller's work; a restore in the caller's thread, so
     * that nothing is committed meanwhile.
     */
    void look() {
        if (!running.isDone() || Instant.now().isBefore(nextLook)) {
            return;
        }
        nextLook = Instant.now().plus(LOOK_EVERY);
        try {
            FileSystem files = files();
            if (!lookedBefore) {
                answerWhatWasLeft(files);
                lookedBefore = true;
            }
            for (FileStatus status : list(files)) {
                if (status.getPath().getName().endsWith(".request")) {
                    begin(files, status.getPath());
                    return;
                }
            }
        } catch (IOException e) {
            LOG.warn("Cannot look for requests in {}: {}", folder, e.getMessage());
        }
    }

    private FileSystem files() throws IOException {
        FileSystem files = folder.getFileSystem(hadoop);
        // The checksum that Hadoop puts beside each local file would stay when the other side takes the file away.
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    private FileStatus[] list(FileSystem files) throws IOException {
        try {
            FileStatus[] found = files.listStatus(folder);
            Arrays.sort(found, (first, second) -> first.getPath().compareTo(second.getPath()));
            return found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private void answerWhatWasLeft(FileSystem files) throws IOException {
        for (FileStatus status : list(files)) {
            Path path = status.getPath();
            if (path.getName().endsWith(".running")) {
                answer(
                        files,
                        id(path),
                        refusal(
                                "UPKEEP_INTERRUPTED",
                                "Cannot say what came of the request: the table's writer ended while it was at it. 'tarn"
                                        + " table timeline' shows whether it was done; ask again if it was not.",
                                false));
                files.delete(path, false);
            } else if (status.getModificationTime()
                    < Instant.now().minus(FORGET_AFTER).toEpochMilli()) {
                files.delete(path, false);
            }
        }
    }

    private void begin(FileSystem files, Path request) throws IOException {
        String id = id(request);
        Path claimed = new Path(folder, id + ".running");
        if (!files.rename(request, claimed)) {
            return;
        }
        UpkeepOrder order;
        try (InputStream in = files.open(claimed)) {
            order = UpkeepOrder.of(JSON.readTree(in));
        } catch (TarnException e) {
            finish(files, id, refusal(e));
            return;
        }
        if (order.until().isBefore(Instant.now())) {
            files.delete(claimed, false);
            return;
        }
        if (order.request() instanceof UpkeepRequest.Restore && order.mode() == Mode.DO) {
            Map<String, ?> answer = meet(order);
            afterRestore.run();
            finish(files, id, answer);
        } else {
            running = CompletableFuture.runAsync(() -> finish(files, id, meet(order)), executor);
        }
    }

    private Map<String, ?> meet(UpkeepOrder order) {
        try {
            return Map.of("report", work.perform(order.request(), order.mode()));
        } catch (TarnException e) {
            if (e.kind() != ErrorKind.USER) {
                LOG.warn("Cannot meet {}", order, e);
            }
            return refusal(e);
        } catch (RuntimeException e) {
            LOG.warn("Cannot meet {}", order, e);
            return refusal(
                    "UPKEEP_FAILED",
                    "Cannot do what was asked: " + e + ". 'tarn logs collect' says more; try again.",
                    false);
        }
    }

    private static Map<String, ?> refusal(TarnException e) {
        // The other side puts the code behind the message again.
        String message = String.valueOf(e.getMessage()).replace(" [" + e.code() + "]", "");
        return refusal(e.code(), message, e.kind() == ErrorKind.USER);
    }

    private static Map<String, ?> refusal(String code, String message, boolean user) {
        return Map.of("refusal", Map.of("code", code, "message", message, "user", user));
    }

    private void finish(FileSystem files, String id, Map<String, ?> answer) {
        try {
            answer(files, id, answer);
            files.delete(new Path(folder, id + ".running"), false);
        } catch (IOException e) {
            LOG.warn("Cannot answer request {} in {}: {}", id, folder, e.getMessage());
        }
    }

    private void answer(FileSystem files, String id, Map<String, ?> answer) throws IOException {
        // Under another name until it is whole.
        Path draft = new Path(folder, id + ".draft");
        try (OutputStream out = files.create(draft, true)) {
            out.write(JSON.writeValueAsBytes(answer));
        }
        files.rename(draft, new Path(folder, id + ".answer"));
    }

    private static String id(Path file) {
        String name = file.getName();
        return name.substring(0, name.lastIndexOf('.'));
    }
}

package dev.tarn.processes.engine.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Asks the one writer of a table for something, by a file in the folder {@code .hoodie/tarn-requests} of the table: it works
 * wherever the table lies, and needs no port. The request is {@code ID.request}, JSON with a {@code kind} and its parameters;
 * the writer renames it to {@code ID.running} while it works, so that it is done once at most, and answers with
 * {@code ID.answer}, which the asker takes away. What the writer finds after {@code until} it does not do.
 */
public final class WriterRequest {
    private static final String FOLDER = ".hoodie/tarn-requests";
    private static final long PAUSE_MILLIS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Configuration hadoop;

    /** @param table the path of its folder */
    public WriterRequest(String table, Configuration hadoop) {
        this.folder = new Path(table, FOLDER);
        this.hadoop = hadoop;
    }

    /**
     * Waits until the writer has answered. A request that it has not begun by then is taken back.
     *
     * @param request with its kind
     * @return {@code report}, or {@code refusal} with {@code code}, {@code message} and {@code user}
     * @throws TimeoutException whose message says whether the writer has begun
     */
    public JsonNode send(ObjectNode request, Duration patience)
            throws IOException, InterruptedException, TimeoutException {
        FileSystem files = folder.getFileSystem(hadoop);
        // The checksum that Hadoop puts beside each local file would stay when the other side takes the file away.
        files = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
        Instant until = Instant.now().plus(patience);
        // The oldest request comes first in the order of names.
        String id = "%013d-%s".formatted(until.toEpochMilli() - patience.toMillis(), UUID.randomUUID());
        write(files, request.put("until", until.toEpochMilli()), id);
        Path answer = new Path(folder, id + ".answer");
        while (Instant.now().isBefore(until)) {
            if (files.exists(answer)) {
                try (InputStream in = files.open(answer)) {
                    return JSON.readTree(in);
                } finally {
                    files.delete(answer, false);
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new TimeoutException(
                files.delete(new Path(folder, id + ".request"), false)
                        ? "its writer has not begun, and the request was taken back"
                        : "its writer has begun and goes on");
    }

    private void write(FileSystem files, ObjectNode request, String id) throws IOException {
        // Under another name until it is whole.
        Path draft = new Path(folder, id + ".draft");
        try (OutputStream out = files.create(draft, true)) {
            out.write(JSON.writeValueAsBytes(request));
        }
        if (!files.rename(draft, new Path(folder, id + ".request"))) {
            throw new IOException("cannot rename " + draft);
        }
    }
}

package dev.tarn.store.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.load.CopyStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a sink and the lake's server speak of a load, by two files. {@code TABLE.request} is the server's: {@code {"id": "…",
 * "go": true}}; while it does not say go, the sink holds the table as it is. The sink deletes it when the load is over.
 * {@code TABLE.progress} is the sink's. {@code DirectLoads} of the module collect is the other side.
 */
final class LoadFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path request;
    private final Path progress;

    /** What the server asks for. */
    record Request(String id, boolean go) {}

    /** How a load stands. */
    enum Phase {
        HELD,
        WAITING,
        READING,
        /** It is tried again. */
        FAILED,
        /** It cannot be done: Debezium is to copy the table. */
        UNFIT,
        DONE
    }

    LoadFiles(Path folder, String table) {
        this.request = folder.resolve(table + ".request");
        this.progress = folder.resolve(table + ".progress");
    }

    Optional<Request> request() throws IOException {
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(request));
            return Optional.of(
                    new Request(node.path("id").asText(), node.path("go").asBoolean()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Says that a load is over, one way or the other, in this order: who sees no request any more finds how it ended. */
    void over(String id, Phase phase, @Nullable CopyStatus status, @Nullable String message) throws IOException {
        write(id, phase, status, 0, message);
        Files.deleteIfExists(request);
    }

    /** @param millis since the load began to read; 0 before */
    void write(String id, Phase phase, @Nullable CopyStatus status, long millis, @Nullable String message)
            throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", id).put("phase", phase.name()).put("millis", millis).put("message", message);
        if (status != null) {
            node.put("rows", status.rows())
                    .put("bytes", status.bytes())
                    .put("expectedRows", status.expectedRows())
                    .put("expectedBytes", status.expectedBytes());
        }
        Path draft = progress.resolveSibling(progress.getFileName() + ".new");
        Files.write(draft, JSON.writeValueAsBytes(node));
        Files.move(draft, progress, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Keeps the events that did not decode: a file of JSON lines for each batch that had any. */
final class Quarantine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Configuration hadoop;

    Quarantine(String folder, Configuration hadoop) {
        this.folder = new Path(folder);
        this.hadoop = hadoop;
    }

    /**
     * Writes the events of a batch; the same batch again replaces them.
     *
     * @param run which names the checkpoint that counts the batches
     */
    void write(String run, long batch, List<BadEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        Path file = new Path(folder, run + "-" + batch + ".jsonl");
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            files.mkdirs(folder);
            try (OutputStream out = files.create(file, true)) {
                for (BadEvent event : events) {
                    out.write((JSON.writeValueAsString(fields(event)) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // The batch fails, and comes again: nothing may be lost here.
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> fields(BadEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", event.topic());
        fields.put("partition", event.partition());
        fields.put("offset", event.offset());
        fields.put("timestamp", Instant.ofEpochMilli(event.timestampMillis()).toString());
        fields.put("reason", event.reason());
        fields.put("value", Base64.getEncoder().encodeToString(event.value()));
        return fields;
    }
}

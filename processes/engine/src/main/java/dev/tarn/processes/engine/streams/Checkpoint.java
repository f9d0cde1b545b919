package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where a stream stands: Spark's own checkpoint, and beside it what the stream was when it began. */
final class Checkpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Configuration hadoop;

    /**
     * What a stream was when it began.
     *
     * @param run names this beginning
     * @param logic the SQL and what else Spark's state depends on
     * @param schemas by which its topics are read, by topic
     */
    record Begun(String run, String logic, boolean stateful, Map<String, String> schemas) {
        static Begun now(String logic, boolean stateful, Map<String, String> schemas) {
            return new Begun(UUID.randomUUID().toString().substring(0, 8), logic, stateful, schemas);
        }
    }

    Checkpoint(String folder, Configuration hadoop) {
        this.folder = new Path(folder);
        this.hadoop = hadoop;
    }

    /** The names of all in a folder. */
    static Set<String> names(String folder, Configuration hadoop) {
        Set<String> names = new TreeSet<>();
        try {
            Path path = new Path(folder);
            for (FileStatus each : path.getFileSystem(hadoop).listStatus(path)) {
                names.add(each.getPath().getName());
            }
            return names;
        } catch (FileNotFoundException e) {
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Spark's part. */
    String location() {
        return new Path(folder, "spark").toString();
    }

    Optional<Begun> find() {
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            // A process that ended between the two steps of writing left the new one alone.
            Path there = files.exists(note()) ? note() : draft();
            if (!files.exists(there)) {
                return Optional.empty();
            }
            try (InputStream in = files.open(there)) {
                JsonNode note = JSON.readTree(in);
                Map<String, String> schemas = new TreeMap<>();
                note.path("schemas")
                        .fields()
                        .forEachRemaining(each ->
                                schemas.put(each.getKey(), each.getValue().asText()));
                return Optional.of(new Begun(
                        note.path("run").asText(),
                        note.path("logic").asText(),
                        note.path("stateful").asBoolean(),
                        schemas));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far the last batch that is done has read, by topic and partition; empty before the first. */
    Map<String, Map<Integer, Long>> reached() {
        Map<String, Map<Integer, Long>> reached = new TreeMap<>();
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            OptionalLong last = Arrays.stream(files.listStatus(new Path(location(), "commits")))
                    .map(file -> file.getPath().getName())
                    .filter(name -> name.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .max();
            if (last.isEmpty()) {
                return reached;
            }
            Path offsets = new Path(location(), "offsets/" + last.orElseThrow());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(files.open(offsets), StandardCharsets.UTF_8))) {
                // Spark's form: a version, the watermark with settings, and then a line for each source.
                lines.lines().skip(2).filter(line -> line.startsWith("{")).forEach(line -> Offsets.read(line, reached));
            }
            return reached;
        } catch (FileNotFoundException e) {
            return Map.of(); // It has not begun, or begins anew right now.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Begun begun) {
        ObjectNode note = JSON.createObjectNode();
        note.put("run", begun.run()).put("logic", begun.logic()).put("stateful", begun.stateful());
        ObjectNode schemas = note.putObject("schemas");
        begun.schemas().forEach(schemas::put);
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            files.mkdirs(folder);
            try (OutputStream out = files.create(draft(), true)) {
                out.write(JSON.writeValueAsBytes(note));
            }
            files.delete(note(), false);
            files.rename(draft(), note());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets all: the stream begins anew. */
    void delete() {
        try {
            folder.getFileSystem(hadoop).delete(folder, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path note() {
        return new Path(folder, "begun.json");
    }

    private Path draft() {
        return new Path(folder, "begun.json.new");
    }
}

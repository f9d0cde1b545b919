package dev.tarn.processes.engine.asof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.processes.engine.hudi.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the lake's sources have been read into Kafka for certain, as the lake's server notes it in the files
 * {@code <source>.reach} of one folder (its class SourceReach says how it knows).
 */
public final class SourceReaches {
    private final ObjectMapper json = new ObjectMapper();
    private final @Nullable Path folder;

    /** @param folder of the files; null where there is no server: then every table counts as complete */
    public SourceReaches(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * A source's reach.
     *
     * @param throughMillis what the source committed up to then is in Kafka, milliseconds since 1970
     * @param ends where its topics ended then, by topic and partition, such as {@code lake.public.artists-0}
     */
    public record Reach(long throughMillis, Map<String, Long> ends) {
        public Reach {
            ends = Map.copyOf(ends);
        }

        /** Whether a table with this position has read all that was in Kafka then. */
        boolean isCoveredBy(SourcePosition position) {
            return position.offsets().stream().allMatch(offset -> {
                Long end = ends.get(offset.topic() + "-" + offset.partition());
                return end != null && end <= offset.next();
            });
        }
    }

    /** Whether the tables of sources are complete no further than their reaches say. */
    boolean areKept() {
        return folder != null;
    }

    /** What is known of a source; empty if nothing is, as before the end of its first copy. */
    Optional<Reach> find(String source) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            JsonNode document = json.readTree(Files.readAllBytes(folder.resolve(source + ".reach")));
            Map<String, Long> ends = new HashMap<>();
            document.path("ends")
                    .fields()
                    .forEachRemaining(
                            end -> ends.put(end.getKey(), end.getValue().asLong()));
            return Optional.of(new Reach(document.path("throughMillis").asLong(), ends));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

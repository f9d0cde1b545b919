package dev.tarn.collect.capture;

import dev.tarn.collect.SourcePosition;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a source's slot and of the server that it is in, kept in a file: a position in a log means nothing
 * without the log. The connector compares it before it reads on, and refuses to read on in another one
 * ({@code ReadingPlace} of the process collect-debezium is the other side).
 *
 * <p>It is not written while nobody reads the slot: what is seen then may be another slot already.
 */
final class SeenSlot {
    private final Path file;
    private @Nullable Properties written;

    SeenSlot(Path file) {
        this.file = file;
    }

    /** Notes a look. */
    void note(Optional<SourcePosition> seen) throws IOException {
        if (seen.isEmpty() || !seen.orElseThrow().active()) {
            return;
        }
        SourcePosition position = seen.orElseThrow();
        Properties now = new Properties();
        now.setProperty("system", position.system());
        now.setProperty("confirmed", Long.toString(position.confirmedLsn()));
        now.setProperty("decoded", Long.toString(position.decodedBytes()));
        if (now.equals(written)) {
            return;
        }
        StringWriter text = new StringWriter();
        now.store(text, null);
        Files.createDirectories(file.resolveSibling("."));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text.toString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = now;
    }

    /** Forgets it: the slot is about to be made anew. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
        written = null;
    }
}

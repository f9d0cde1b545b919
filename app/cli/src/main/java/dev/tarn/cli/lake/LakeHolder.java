package dev.tarn.cli.lake;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who holds a lake's lock: a server has it seconds before it can be asked, and while it ends leftovers. */
public final class LakeHolder {
    private LakeHolder() {}

    /** Words such as {@code process 4711 of user ada runs it since …}; empty if nobody holds it. */
    public static Optional<String> find(LakeLocation lake) {
        Path file = lake.state().resolve("lock");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        // A shared lock is refused while a server has its own, and two commands may ask at once.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock == null ? Optional.of(words(lake)) : Optional.empty();
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "LOCK_UNREADABLE",
                    "Cannot see who runs lake '" + lake.name() + "': " + Faults.reason(e)
                            + ". Run tarn as the owner of the lake.",
                    e);
        }
    }

    private static String words(LakeLocation lake) throws IOException {
        Path holder = lake.state().resolve("lock.holder");
        String words = Files.exists(holder) ? Files.readString(holder).strip() : "";
        return words.isEmpty() ? "another process has its lock" : words;
    }
}

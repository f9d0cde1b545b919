package dev.tarn.generate.museum;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is not of the museum's shape. The message is complete: file, line, reason and what to do. */
public final class MuseumFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private MuseumFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static MuseumFileException of(Path file, String reason, @Nullable Throwable cause) {
        return new MuseumFileException("Cannot read '" + file + "': " + reason, cause);
    }

    static MuseumFileException atLine(Path file, long line, String reason) {
        return new MuseumFileException("Cannot read '" + file + "': line " + line + " " + reason, null);
    }
}

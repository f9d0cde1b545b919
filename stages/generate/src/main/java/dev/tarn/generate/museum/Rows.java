package dev.tarn.generate.museum;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one after another; they are never in memory all at once. */
public interface Rows extends AutoCloseable {
    /**
     * The next row; null after the last.
     *
     * @throws IOException if it cannot be read, with a message for the user
     */
    @Nullable
    Row next() throws IOException;

    @Override
    void close() throws IOException;
}

package dev.tarn.collect.raw.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Finished files below one root. Paths are relative to the root, with {@code /} between their parts. */
public interface RawStore extends AutoCloseable {
    /**
     * A local folder, created and empty, for files that are still being written; what an earlier life left in it is
     * gone.
     *
     * @param name one path part, the same for the same partition in each life of a task
     */
    Path drafts(String name) throws IOException;

    /** The names of the files in a folder, in no order; none if the folder does not exist. */
    List<String> names(String folder) throws IOException;

    /** The content of a finished file. */
    InputStream open(String path) throws IOException;

    /**
     * Makes a draft a finished file, wholly or not at all; when this returns, a power cut does not undo it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of this name; it is left as it is
     */
    void publish(Path draft, String path) throws IOException;

    /** Removes a finished file; one that does not exist is removed already. */
    void delete(String path) throws IOException;

    /** The path as a user would write it. */
    String describe(String path);

    @Override
    void close() throws IOException;
}

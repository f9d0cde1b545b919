package dev.tarn.settings;

import dev.tarn.settings.secret.Options;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where tables and raw files are kept. */
public sealed interface StorageSettings {
    /** Under the lake directory, in {@code .tarn/}. */
    record EmbeddedStorage() implements StorageSettings {}

    /** A directory of its own; absolute. */
    record DirectoryStorage(Path directory) implements StorageSettings {}

    /**
     * A bucket, and maybe a prefix in it.
     *
     * @param url {@code s3a://bucket/prefix}
     * @param options of Hadoop's file system, such as {@code fs.s3a.endpoint}
     */
    record ObjectStorage(URI url, Options options) implements StorageSettings {}

    /**
     * Reads a path or an address. A path has a slash in it, so that a slip in 'embedded' is never a directory.
     *
     * @param lakeDirectory where a relative path starts
     * @throws IllegalArgumentException if it is neither
     */
    static StorageSettings parse(String text, Path lakeDirectory) {
        if (Pattern.matches("s3a://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._~/=-]*)?", text)) {
            return new ObjectStorage(URI.create(text), Options.none());
        }
        if (text.contains("://") || text.startsWith("~") || !text.contains("/")) {
            throw new IllegalArgumentException("must be 'embedded', a path such as ./data, or s3a://bucket/prefix");
        }
        return new DirectoryStorage(lakeDirectory.toAbsolutePath().resolve(text).normalize());
    }
}

package dev.tarn.settings.source;

import java.time.Duration;

/**
 * How a table of the lake is kept.
 *
 * @param version the version of Hudi's table format: 6, which Trino, Presto and Athena read, or 9
 * @param compression of its base files
 * @param history how far back time travel reaches
 */
public record TableFormat(int version, Compression compression, History history) {
    /** What holds if nothing is written. */
    public static final TableFormat DEFAULT = new TableFormat(6, Compression.ZSTD, new Commits(1_000));

    /** The compression of base files. */
    public enum Compression {
        ZSTD,
        SNAPPY
    }

    /** How far back time travel reaches. */
    public sealed interface History permits Commits, Age {}

    /** So many commits. */
    public record Commits(int count) implements History {}

    /** So long. */
    public record Age(Duration age) implements History {}
}

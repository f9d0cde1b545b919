package dev.tarn.settings.stream;

/** How a file is written. */
public enum FileFormat {
    CSV,
    PARQUET
}

package dev.tarn.settings;

/** The heap of each embedded process. */
public record MemorySettings(DataSize collect, DataSize registry, DataSize engine) {
    /** What holds if nothing is written. */
    public static final MemorySettings DEFAULT =
            new MemorySettings(DataSize.mebibytes(512), DataSize.mebibytes(256), DataSize.mebibytes(1024));
}

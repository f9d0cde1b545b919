package dev.tarn.settings;

/**
 * Limits of the machine.
 *
 * @param freeDisk the lake does not start with less free space
 */
public record LimitSettings(DataSize freeDisk) {
    /** What holds if nothing is written. */
    public static final LimitSettings DEFAULT = new LimitSettings(DataSize.mebibytes(512));
}

package dev.tarn.settings.source;

import java.time.Duration;

/**
 * How a source's changes are kept as Avro object files. A file is finished at whichever comes first.
 *
 * @param interval since its first record
 * @param records in it
 * @param tombstones whether records without a value are kept
 */
public record RawSettings(Duration interval, int records, Tombstones tombstones) {
    /** What holds if nothing is written. */
    public static final RawSettings DEFAULT = new RawSettings(Duration.ofSeconds(60), 10_000, Tombstones.KEEP);

    /** What becomes of records without a value. */
    public enum Tombstones {
        KEEP,
        DROP
    }
}

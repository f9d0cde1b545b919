package dev.tarn.store;

/**
 * A commit of a table.
 *
 * @param instant its name in the table's timeline; as-of reads take it
 * @param offsets where to read on after it
 * @param lsn the source position it reaches
 * @param span when the source made the changes that counted
 * @param upserted rows written
 * @param deleted rows taken away
 * @param passedOver changes that did not count: late, or already committed
 */
public record TableCommit(
        String instant, Offsets offsets, long lsn, SourceSpan span, long upserted, long deleted, long passedOver) {}

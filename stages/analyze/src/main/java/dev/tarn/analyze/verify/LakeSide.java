package dev.tarn.analyze.verify;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lake's table. Each question is answered from its newest commit; a row that was deleted softly is none. */
public interface LakeSide {
    /**
     * A row. One key can have several, which is a fault.
     *
     * @param key the values of the key columns in their form
     * @param values in the order of the columns, key columns first; empty where they were not asked for
     * @param partition the path of its folder; empty for a table without partitions
     */
    record Row(KeyHash key, KeyHash hash, List<String> keyText, List<@Nullable String> values, String partition) {}

    /**
     * How far the newest commit reaches.
     *
     * @param lsn the position of the last change that the table holds
     * @param isQuestionOpen whether the writer has not yet answered {@link #askWriter}
     */
    record Reached(long lsn, boolean isQuestionOpen) {}

    RangeSums sums(int bits);

    RowHashes hashes(int bits, BitSet ranges);

    List<Row> rows(Collection<KeyHash> keys, SourceSide.Detail detail);

    Reached reached();

    /** Asks the writer of the table to say when it has read, and committed, all that there was to read. */
    void askWriter();

    /** Takes that question back. */
    void withdraw();
}

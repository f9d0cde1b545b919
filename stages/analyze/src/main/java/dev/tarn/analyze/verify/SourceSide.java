package dev.tarn.analyze.verify;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source's table. Each question is answered from one snapshot of it, and says which position in the source's log that
 * has reached: all that was committed before it is seen.
 */
public interface SourceSide {
    /** The whole table. */
    record Sums(long lsn, RangeSums sums) {}

    /**
     * Rows of some keys, those that there are.
     *
     * @param values in the order of the columns, key columns first; empty where they were not asked for
     */
    record Row(KeyHash hash, List<@Nullable String> values) {}

    /** What was found at one position. */
    record Found(long lsn, Map<KeyHash, Row> rows) {}

    /** Takes a row. */
    interface Visitor {
        /** @param key the values of the key columns in their form */
        void row(KeyHash key, KeyHash row, java.util.function.Supplier<List<String>> keyText);
    }

    /** Which values to bring along. */
    enum Detail {
        HASHES,
        VALUES
    }

    Sums sums(int bits);

    /** Shows all rows of some ranges, and tells the position. */
    long scan(int bits, BitSet ranges, Visitor visitor);

    /** @param keys the values of the key columns, in their form */
    Found find(List<List<String>> keys, Detail detail);

    /** Up to which position all changes are in Kafka. */
    long confirmed();
}

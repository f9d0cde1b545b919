package dev.tarn.analyze.verify;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row in which the lake is not what its source is.
 *
 * @param key the values of the key columns
 * @param columns those that differ; empty where a whole row is too many or too few, or beyond the limit
 * @param partitions the folders in which the lake holds the row
 */
public record Fault(Kind kind, List<String> key, List<Difference> columns, List<String> partitions) {
    public Fault {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        partitions = List.copyOf(partitions);
    }

    /** What is wrong. */
    public enum Kind {
        /** The source has the row and the lake has it not. */
        MISSING,
        /** The lake has the row and the source has it not. */
        EXTRA,
        /** Both have it, with other values. */
        DIFFERENT,
        /** The lake has it more than once. */
        DOUBLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A column with its two values in their form; null for none. */
    public record Difference(
            String column,
            @Nullable String source,
            @Nullable String lake) {}
}

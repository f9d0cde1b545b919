package dev.tarn.collect;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table in a database.
 *
 * @param type as the database writes it, such as {@code numeric(12,4)}
 * @param comment empty if there is none
 * @param number stays the same when the column is renamed or changes its type; never used again
 * @param hasDefault whether the database fills it, in rows that were there before it too
 * @param obstacle why its values cannot flow into the lake; null if they can
 * @param generated whether the database computes it from others: PostgreSQL publishes no such columns
 */
public record SourceColumn(
        String name,
        String type,
        String comment,
        int number,
        boolean hasDefault,
        @Nullable String obstacle,
        boolean generated) {

    /** A column that rows have of their own. */
    public SourceColumn(
            String name, String type, String comment, int number, boolean hasDefault, @Nullable String obstacle) {
        this(name, type, comment, number, hasDefault, obstacle, false);
    }
}

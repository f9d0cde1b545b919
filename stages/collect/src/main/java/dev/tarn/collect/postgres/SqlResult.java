package dev.tarn.collect.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one statement of a user gave.
 *
 * @param command its first word in capitals, such as {@code UPDATE}
 * @param count how many rows it changed, or returned
 * @param columns names of the columns that it returned; empty if it returns no rows
 * @param rows the rows: texts, whole numbers, truth values and nulls
 * @param truncated whether there were more rows than {@link SourceSql#MAX_ROWS}
 */
public record SqlResult(
        String command, long count, List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {
    public SqlResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}

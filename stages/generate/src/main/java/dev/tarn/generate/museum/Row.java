package dev.tarn.generate.museum;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row, as text.
 *
 * @param values in the order of the table's columns; null where there is none
 */
public record Row(List<@Nullable String> values) {
    /** Copies the values. */
    public Row {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** The row as a line of a file: divided by |, empty for null, in quotes where a value holds a | or begins with a quote. */
    public String toLine() {
        return values.stream().map(Row::field).collect(Collectors.joining("|"));
    }

    private static String field(@Nullable String value) {
        if (value == null) {
            return "";
        }
        return value.indexOf('|') >= 0 || value.indexOf('"') >= 0 ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}

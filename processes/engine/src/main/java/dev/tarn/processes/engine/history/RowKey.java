package dev.tarn.processes.engine.history;

import dev.tarn.model.keys.RecordKeyText;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/**
 * The key of one row.
 *
 * @param values the text of each key column's value, in the order of the key
 */
public record RowKey(Map<String, String> values) {
    public RowKey {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A key as a user wrote it: {@code 7}, or {@code 7,Oil} in the order of the key columns, or by the columns' names.
     *
     * @param table its full name, for messages
     * @param columns of the key
     * @param schema of the table
     * @param text the values in one text; empty where they are given by name
     * @param named values by column
     * @throws RefusedException with the code KEY if it does not fit
     */
    public static RowKey parse(
            String table, List<String> columns, StructType schema, String text, Map<String, String> named) {
        Map<String, String> given = named.isEmpty() ? inOrder(table, columns, text) : named;
        Set<String> unknown = new TreeSet<>(given.keySet());
        columns.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw refused(
                    table,
                    "'" + unknown.iterator().next() + "' is no column of its key, which is "
                            + String.join(", ", columns));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String column : columns) {
            String value = given.get(column);
            if (value == null) {
                throw refused(
                        table,
                        "the value of key column '" + column + "' is missing; its key is "
                                + String.join(", ", columns));
            }
            values.put(column, normal(table, column, value, schema));
        }
        return new RowKey(values);
    }

    private static Map<String, String> inOrder(String table, List<String> columns, String text) {
        // The only column of a key may hold commas.
        List<String> parts = columns.size() == 1 ? List.of(text) : List.of(text.split(",", -1));
        if (parts.size() != columns.size()) {
            throw refused(
                    table,
                    "its key has " + columns.size() + " columns (" + String.join(", ", columns) + "), and '" + text
                            + "' has " + parts.size() + (parts.size() == 1 ? " value" : " values"));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            values.put(columns.get(i), parts.get(i));
        }
        return values;
    }

    /** The text that a value of the column's type has in keys. */
    private static String normal(String table, String column, String value, StructType schema) {
        if (!List.of(schema.fieldNames()).contains(column)) {
            return value;
        }
        DataType type = schema.apply(column).dataType();
        try {
            if (type instanceof IntegralType) {
                return new BigInteger(value.strip()).toString();
            }
            if (type instanceof DecimalType decimal) {
                return new BigDecimal(value.strip())
                        .setScale(decimal.scale(), RoundingMode.UNNECESSARY)
                        .toString();
            }
            if (type instanceof DateType) {
                return LocalDate.parse(value.strip()).toString();
            }
            return value;
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw refused(
                    table,
                    "key column '" + column + "' is " + type.sql().toLowerCase(Locale.ROOT) + ", and '" + value
                            + "' is none");
        }
    }

    private static RefusedException refused(String table, String reason) {
        return new RefusedException(
                400,
                "KEY",
                "Cannot find a row of table '" + table + "': " + reason
                        + ". Give the key as its values in order (7 or 7,Oil), or each with --key COLUMN=VALUE.");
    }

    /** The texts that Hudi may keep for this key, depending on how many columns the key and the partitions have. */
    Set<String> recordKeys() {
        if (values.size() > 1) {
            List<String> pairs = new ArrayList<>();
            values.forEach((column, value) -> pairs.add(column + ":" + RecordKeyText.ofSeveral(value)));
            return Set.of(String.join(",", pairs));
        }
        Map.Entry<String, String> only = values.entrySet().iterator().next();
        String text = RecordKeyText.single(only.getValue());
        return Set.of(only.getKey() + ":" + text, text);
    }

    @Override
    public String toString() {
        return String.join(",", values.values());
    }
}

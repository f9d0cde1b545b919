package dev.tarn.store;

import java.util.Objects;

/** A column of a table. Every column but those of the key may hold null. */
public record Column(String name, ColumnType type) {
    public Column {
        Objects.requireNonNull(type, name);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }
}

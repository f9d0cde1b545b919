package dev.tarn.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a table or of a row, in order. Rows of one schema should share one instance. */
public final class Columns {
    private final List<Column> list;
    private final Map<String, Integer> positions;

    public Columns(List<Column> list) {
        this.list = List.copyOf(list);
        this.positions = new HashMap<>(list.size() * 2);
        for (int i = 0; i < list.size(); i++) {
            if (positions.put(list.get(i).name(), i) != null) {
                throw new IllegalArgumentException("column '" + list.get(i).name() + "' appears twice");
            }
        }
    }

    public static Columns of(Column... columns) {
        return new Columns(List.of(columns));
    }

    /** The columns in order. */
    public List<Column> list() {
        return list;
    }

    public int size() {
        return list.size();
    }

    public Column at(int position) {
        return list.get(position);
    }

    /** The position of a column, or -1. */
    public int position(String name) {
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }

    public boolean has(String name) {
        return positions.containsKey(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Columns columns && list.equals(columns.list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        return list.toString();
    }
}

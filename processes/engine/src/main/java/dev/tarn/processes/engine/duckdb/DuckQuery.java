package dev.tarn.processes.engine.duckdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A select in parts, so that an order and a limit stay outermost, where they mean something.
 *
 * @param items of the select list
 * @param from and what follows it up to the order
 * @param order keys over what {@code from} gives
 */
record DuckQuery(
        List<String> items,
        String from,
        List<String> order,
        @Nullable Long limit) {
    DuckQuery {
        items = List.copyOf(items);
        order = List.copyOf(order);
    }

    DuckQuery(List<String> items, String from) {
        this(items, from, List.of(), null);
    }

    String sql() {
        return "SELECT " + String.join(", ", items) + " FROM " + from
                + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order))
                + (limit == null ? "" : " LIMIT " + limit);
    }

    /** As rows of another query, which an order does not reach. */
    String asRows() {
        return "(" + (limit == null ? new DuckQuery(items, from).sql() : sql()) + ")";
    }

    DuckQuery limited(long most) {
        return limit == null || limit > most ? new DuckQuery(items, from, order, most) : this;
    }

    DuckQuery ordered(List<String> keys) {
        return new DuckQuery(items, from, keys, limit);
    }
}

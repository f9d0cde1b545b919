package dev.tarn.load;

import dev.tarn.store.Columns;
import dev.tarn.store.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of one copy. */
record Copied(List<Row> rows, Columns columns, long lsn) {
    static final CopySettings TWO_CONNECTIONS = new CopySettings(2, 1_000, 0);

    static Copied of(TableToCopy table) throws InterruptedException {
        return of(table, TWO_CONNECTIONS);
    }

    static Copied of(TableToCopy table, CopySettings settings) throws InterruptedException {
        try (TableCopy copy = TableCopy.start(table, settings)) {
            List<Row> rows = rest(copy);
            return new Copied(rows, copy.columns(), copy.lsn());
        }
    }

    /** What a copy has still to give. */
    static List<Row> rest(TableCopy copy) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        while (!copy.isDone()) {
            rows.addAll(copy.poll(Duration.ofSeconds(1)));
        }
        return rows;
    }

    /** The values of a column, in the order of the column id. */
    List<@Nullable Object> values(String column) {
        int id = columns.position("id");
        int place = columns.position(column);
        List<@Nullable Object> values = new ArrayList<>();
        rows.stream()
                .sorted(Comparator.comparing(
                        row -> ((Number) java.util.Objects.requireNonNull(row.values()[id])).longValue()))
                .forEach(row -> values.add(row.values()[place]));
        return values;
    }

    /** The column's type in the lake. */
    String type(String column) {
        return columns.at(columns.position(column)).type().toString();
    }
}

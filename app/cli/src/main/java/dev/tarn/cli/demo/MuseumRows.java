package dev.tarn.cli.demo;

import dev.tarn.generate.museum.Column;
import dev.tarn.generate.museum.Museum;
import dev.tarn.generate.museum.MuseumTable;
import dev.tarn.generate.museum.Row;
import dev.tarn.generate.museum.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a museum's tables as SQL that makes and fills them. */
final class MuseumRows {
    private static final int ROWS_A_STATEMENT = 500;

    private MuseumRows() {}

    /** The statements of one table, with semicolons between them; to be run in one transaction. */
    static String sql(Museum museum, MuseumTable table) throws IOException {
        List<String> statements = new ArrayList<>(table.statements());
        String insert = "INSERT INTO " + table.tableName() + " ("
                + table.columns().stream().map(Column::name).collect(Collectors.joining(", ")) + ") VALUES ";
        List<String> gathered = new ArrayList<>();
        try (Rows rows = museum.open(table)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                gathered.add(
                        row.values().stream().map(MuseumRows::literal).collect(Collectors.joining(", ", "(", ")")));
                if (gathered.size() == ROWS_A_STATEMENT) {
                    statements.add(insert + String.join(", ", gathered));
                    gathered.clear();
                }
            }
        }
        if (!gathered.isEmpty()) {
            statements.add(insert + String.join(", ", gathered));
        }
        return String.join(";\n", statements);
    }

    // PostgreSQL gives a quoted literal the type of its column.
    private static String literal(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }
}

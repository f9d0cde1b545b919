package dev.tarn.generate.museum;

import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;

/**
 * Puts a museum into a PostgreSQL database that has none of its tables. The caller owns connection and transaction: with
 * one transaction around {@link #into}, the database has either all of the museum or nothing.
 */
public final class MuseumLoad {
    private final Museum museum;

    /** What the load needs of a database; with JDBC, a {@code Statement} and a {@code CopyManager}. */
    public interface Database {
        /** Runs a statement without a result. */
        void execute(String sql) throws SQLException;

        /** Runs {@code COPY … FROM STDIN} with this text. */
        void copy(String sql, Reader text) throws SQLException, IOException;
    }

    /** Hears how far the load is. */
    @FunctionalInterface
    public interface Progress {
        /** @param rows of this table loaded so far, out of a total */
        void at(MuseumTable table, long rows, long total);
    }

    /** @param museum what to load */
    public MuseumLoad(Museum museum) {
        this.museum = museum;
    }

    /** Makes both tables with their descriptions, then fills them. */
    public void into(Database database, Progress progress) throws SQLException, IOException {
        for (MuseumTable table : MuseumTable.values()) {
            for (String statement : table.statements()) {
                database.execute(statement);
            }
        }
        for (MuseumTable table : MuseumTable.values()) {
            long total = museum.count(table);
            try (CopyText text = new CopyText(museum.open(table), rows -> progress.at(table, rows, total))) {
                database.copy(table.copyStatement(), text);
            }
        }
    }
}

package dev.tarn.testing.product;

import dev.tarn.testing.fixtures.Lake;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The lake's embedded source database, through plain JDBC. */
final class Database {
    /** Makes the tables for which the source of {@code --example museum} waits; it takes none before it has all. */
    static final String MUSEUM = """
            CREATE TABLE IF NOT EXISTS artists (artist_id int PRIMARY KEY, name text NOT NULL, nationality text,
                gender text, birth_year int, death_year int);
            CREATE TABLE IF NOT EXISTS artworks (artwork_id int PRIMARY KEY, title text, artist_id int,
                classification text, medium text, acquisition_date date, height_cm numeric(12,4));
            COMMENT ON COLUMN artworks.medium IS 'As on the label';
            """;

    private Database() {}

    static Connection connect(Lake lake, String password) throws SQLException {
        return DriverManager.getConnection(lake.address("postgres", "jdbc"), "postgres", password);
    }

    /** One of its databases, by name. */
    static Connection connectTo(Lake lake, String database) throws SQLException {
        String url = lake.address("postgres", "jdbc").replaceFirst("/[^/]*$", "/" + database);
        return DriverManager.getConnection(url, "postgres", lake.postgresPassword());
    }

    static void execute(Lake lake, String sql) throws SQLException {
        try (Connection connection = connect(lake, lake.postgresPassword())) {
            execute(connection, sql);
        }
    }

    /** The same in a database by name. */
    static void executeIn(Lake lake, String database, String sql) throws SQLException {
        try (Connection connection = connectTo(lake, database)) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the answer. */
    static List<String> column(Lake lake, String sql) throws SQLException {
        try (Connection connection = connect(lake, lake.postgresPassword())) {
            return column(connection, sql);
        }
    }

    /** The same from a database by name. */
    static List<String> columnOf(Lake lake, String database, String sql) throws SQLException {
        try (Connection connection = connectTo(lake, database)) {
            return column(connection, sql);
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static boolean isReachable(Lake lake) {
        try {
            return column(lake, "SELECT 1").equals(List.of("1"));
        } catch (SQLException e) {
            return false;
        }
    }
}

package dev.tarn.processes.engine.duckdb;

import dev.tarn.processes.engine.recent.Recent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.spark.sql.types.DataType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** DuckDB within this process, without a database of its own. Opened by the first query: its library is large. */
final class DuckDb {
    private static final String MEMORY_OF_ANSWERS = "512MB";
    private static final String MEMORY_OF_ROWS = "256MB";
    private static final int FILE_SETS = 1_000;

    private final Path scratch;
    private @Nullable DuckDBConnection answers;
    /** Another one: whether rows come before the last one is found is set for all of it. */
    private @Nullable DuckDBConnection rows;
    /** By files that are read together, one where its logs are read beside it. Files never change. */
    private final Map<List<String>, Map<String, String>> checked = Recent.map(FILE_SETS);

    /** @param scratch where it may write what does not fit into its memory */
    DuckDb(Path scratch) {
        this.scratch = scratch;
    }

    private synchronized Connection connect() throws SQLException {
        DuckDBConnection opened = answers;
        if (opened == null || opened.isClosed()) {
            opened = open(MEMORY_OF_ANSWERS, false);
            answers = opened;
        }
        return opened.duplicate();
    }

    private synchronized Connection connectForRows() throws SQLException {
        DuckDBConnection opened = rows;
        if (opened == null || opened.isClosed()) {
            opened = open(MEMORY_OF_ROWS, true);
            rows = opened;
        }
        return opened.duplicate();
    }

    private DuckDBConnection open(String memory, boolean streaming) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memory);
        settings.setProperty("threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
        settings.setProperty("temp_directory", scratch.toString());
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, Boolean.toString(streaming));
        // Nothing is fetched from anywhere, and no query can change that.
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("lock_configuration", "true");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /** Takes the row at which an answer stands. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * All rows of a query.
     *
     * @param cancel is told how to end the query from another thread
     */
    List<List<@Nullable Object>> run(String sql, List<DataType> types, Consumer<Runnable> cancel) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            cancel.accept(() -> cancel(statement));
            try (ResultSet found = statement.executeQuery(sql)) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                while (found.next()) {
                    List<@Nullable Object> row = new ArrayList<>(types.size());
                    for (int i = 0; i < types.size(); i++) {
                        row.add(DuckTypes.read(found, i + 1, types.get(i)));
                    }
                    rows.add(row);
                }
                return rows;
            } finally {
                cancel.accept(() -> {});
            }
        }
    }

    /**
     * Reads all rows of a query as they come, however many there are.
     *
     * @param reader has had some of them if this fails
     */
    void each(String sql, RowReader reader) throws SQLException {
        // What fails after the first rows looks as if there were no more: the driver says nothing of it.
        long count = count(sql);
        long read = 0;
        try (Connection connection = connectForRows();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                reader.read(found);
                read++;
            }
        }
        if (read != count) {
            throw new SQLException("it ended after " + read + " of " + count + " rows");
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM (" + sql + ")")) {
            found.next();
            return found.getLong(1);
        }
    }

    /**
     * The columns of files, in small letters, and how Parquet keeps their values. Refuses files in which a column has several
     * types: the engines widen a type in ways of their own, and a float of an older file is another double in each.
     */
    Map<String, String> columns(List<String> paths) throws SQLException, NotFastException {
        Map<String, String> known = checked.get(paths);
        if (known != null) {
            return known;
        }
        Map<String, String> columns = new HashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT name, count(DISTINCT type), coalesce(min(type), '') FROM parquet_schema("
                                + DuckTypes.texts(paths) + ") GROUP BY name ORDER BY name")) {
            while (found.next()) {
                if (found.getLong(2) > 1) {
                    throw new NotFastException(
                            "column '" + found.getString(1) + "' has another type in older files than in newer ones");
                }
                columns.put(found.getString(1).toLowerCase(Locale.ROOT), found.getString(3));
            }
        }
        checked.put(paths, columns);
        return columns;
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It has just ended by itself.
        }
    }
}

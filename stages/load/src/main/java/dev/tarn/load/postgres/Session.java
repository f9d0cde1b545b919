package dev.tarn.load.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** A connection for one thread; others may only {@link #cancel} and {@link #abort} it. */
public final class Session implements AutoCloseable {
    // What decides the text of values; and a copy may take hours, also for a user whose statements may not. Names of
    // settings differ between versions, so those that there are are set.
    private static final String SETTINGS = """
            SELECT pg_catalog.set_config(s.name, wanted.setting, false)
            FROM (VALUES ('TimeZone', 'UTC'), ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'),
                ('bytea_output', 'hex'), ('extra_float_digits', '1'), ('xmloption', 'content'), ('search_path', ''),
                ('row_security', 'off'),
                ('statement_timeout', '0'), ('lock_timeout', '0'), ('transaction_timeout', '0'),
                ('idle_in_transaction_session_timeout', '0'), ('idle_session_timeout', '0'))
                AS wanted(name, setting)
            JOIN pg_catalog.pg_settings s ON s.name = wanted.name
            """;
    private static final String CONNECT_SECONDS = "10";
    private static final Executor AT_ONCE = Runnable::run;

    private final Connection connection;

    private Session(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url for JDBC, with the user's parameters
     */
    public static Session open(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "tarn");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        // Not through DriverManager, which knows the drivers of other class loaders only.
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("that is no address of a PostgreSQL database");
        }
        Session session = new Session(connection);
        try {
            session.query(SETTINGS);
            return session;
        } catch (SQLException e) {
            session.abort();
            throw e;
        }
    }

    /** The server's version, such as 180004. */
    public int version() throws SQLException {
        return Integer.parseInt(query("SHOW server_version_num").get(0).text(0));
    }

    /** Whether it only repeats what another server does. */
    public boolean isStandby() throws SQLException {
        return query("SELECT pg_catalog.pg_is_in_recovery()").get(0).isTrue(0);
    }

    /** Begins a transaction in which all is as it is at its first query. */
    public void begin() throws SQLException {
        execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    /** Sees what another session sees; the first thing in a transaction. */
    public void adopt(String snapshot) throws SQLException {
        execute("SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot));
    }

    /** Runs a statement that gives nothing. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** A row of an answer, as texts. */
    public record Line(List<@Nullable String> values) {
        /** A value that is not null. */
        public String text(int column) throws SQLException {
            String value = values.get(column);
            if (value == null) {
                throw new SQLException("the database has no value in column " + (column + 1) + " of its answer");
            }
            return value;
        }

        /** A whole number; 0 for null. */
        public long number(int column) {
            String value = values.get(column);
            return value == null ? 0 : Long.parseLong(value);
        }

        /** A truth value; false for null. */
        public boolean isTrue(int column) {
            return "t".equals(values.get(column));
        }
    }

    /** Asks, with texts for the question marks. */
    public List<Line> query(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<Line> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<@Nullable String> values = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        values.add(rows.getString(i));
                    }
                    lines.add(new Line(values));
                }
            }
            return lines;
        }
    }

    /** Begins to read what a query gives, in binary. */
    public CopyRows copy(String query) throws SQLException {
        return new CopyRows(connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)"));
    }

    /** Asks the database to end what this session waits for; it fails there. For any thread. */
    public void cancel() throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    /** Cuts the connection. For any thread. */
    public void abort() {
        try {
            connection.abort(AT_ONCE);
        } catch (SQLException e) {
            // It is cut already.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

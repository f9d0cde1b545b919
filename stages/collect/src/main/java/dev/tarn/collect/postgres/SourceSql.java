package dev.tarn.collect.postgres;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs a user's statements against a source's database: all of them, or none. */
public final class SourceSql {
    /** So many rows of an answer are shown: the server keeps them in memory. */
    public static final int MAX_ROWS = 10_000;

    private static final Set<String> DEFINING = Set.of("CREATE", "ALTER", "DROP");

    // VACUUM, CREATE DATABASE and their like refuse to be part of a transaction.
    private static final String NOT_IN_TRANSACTION = "25001";

    private final String source;
    private final DatabaseAddress address;

    public SourceSql(String source, DatabaseAddress address) {
        this.source = source;
        this.address = address;
    }

    /**
     * Runs statements, with ; between them, in one transaction.
     *
     * @throws TarnException USER {@code SQL} with PostgreSQL's words and the place; EXTERNAL {@code SOURCE_UNREACHABLE}
     */
    public List<SqlResult> run(String text) {
        try (Connection connection = connect()) {
            List<NativeQuery> statements =
                    Parser.parseJdbcSql(text, true, false, true, false, false, new String[0]).stream()
                            .filter(query -> !query.nativeSql.isBlank())
                            .toList();
            if (statements.isEmpty()) {
                throw new TarnException(
                        ErrorKind.USER,
                        "USAGE",
                        "Cannot run SQL in source '" + source
                                + "': there is no statement. Give one in quotes, or a file" + " with --file.");
            }
            try {
                return runAll(connection, statements);
            } catch (SQLException e) {
                connection.rollback();
                boolean alone = statements.size() == 1;
                if (alone && NOT_IN_TRANSACTION.equals(e.getSQLState())) {
                    connection.setAutoCommit(true);
                    return List.of(
                            runOne(connection, statements.get(0).nativeSql.strip(), 1, 1));
                }
                throw e;
            }
        } catch (PSQLException e) {
            ServerErrorMessage server = e.getServerErrorMessage();
            // The server speaks at the end of the transaction, too: of constraints that it checks only then.
            throw server == null ? unreachable(e) : refused("", server, 0, 1, e);
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = address.connect(Duration.ZERO);
        connection.setAutoCommit(false);
        return connection;
    }

    private List<SqlResult> runAll(Connection connection, List<NativeQuery> statements) throws SQLException {
        List<SqlResult> results = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            results.add(runOne(connection, statements.get(i).nativeSql.strip(), i + 1, statements.size()));
        }
        connection.commit();
        return results;
    }

    private SqlResult runOne(Connection connection, String sql, int number, int of) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(MAX_ROWS + 1);
            boolean rows = statement.execute(sql);
            String command = command(sql);
            return rows
                    ? rows(command, statement.getResultSet())
                    : new SqlResult(command, Math.max(0, statement.getLargeUpdateCount()), List.of(), List.of(), false);
        } catch (PSQLException e) {
            ServerErrorMessage server = e.getServerErrorMessage();
            if (server == null || NOT_IN_TRANSACTION.equals(e.getSQLState())) {
                throw e;
            }
            throw refused(sql, server, number, of, e);
        }
    }

    private TarnException refused(String sql, ServerErrorMessage server, int number, int of, PSQLException cause) {
        StringBuilder message =
                new StringBuilder("Cannot run SQL in source '").append(source).append("': ");
        if (of > 1) {
            message.append("statement ")
                    .append(number)
                    .append(" of ")
                    .append(of)
                    .append(": ");
        }
        message.append(server.getMessage()).append('.');
        if (server.getDetail() != null) {
            message.append(' ').append(server.getDetail());
        }
        if (server.getHint() != null) {
            message.append(' ').append(server.getHint());
        }
        message.append(SqlMark.at(sql, server.getPosition()));
        message.append(
                of > 1
                        ? "\nNone of the statements took effect; correct it and run all again."
                        : "\nCorrect it" + " and run it again.");
        return new TarnException(ErrorKind.USER, "SQL", message.toString(), cause);
    }

    private TarnException unreachable(SQLException e) {
        return new TarnException(
                ErrorKind.EXTERNAL,
                "SOURCE_UNREACHABLE",
                "Cannot run SQL in source '" + source + "' at " + address.jdbcUrl() + ": " + e.getMessage()
                        + " 'tarn source show " + source + "' tells its state.",
                e);
    }

    private static String command(String sql) {
        String bare = sql.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", " ").strip();
        String[] words = bare.split("[\\s(;]+", 3);
        String first = words[0].toUpperCase(Locale.ROOT);
        return DEFINING.contains(first) && words.length > 1 ? first + " " + words[1].toUpperCase(Locale.ROOT) : first;
    }

    private static SqlResult rows(String command, ResultSet answer) throws SQLException {
        ResultSetMetaData shape = answer.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
            columns.add(shape.getColumnLabel(i));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        boolean truncated = false;
        while (!truncated && answer.next()) {
            truncated = rows.size() == MAX_ROWS;
            if (!truncated) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(value(answer, shape, i));
                }
                rows.add(row);
            }
        }
        return new SqlResult(command, rows.size(), columns, rows, truncated);
    }

    // Decimals stay texts: a number of JSON loses digits in most programs.
    private static @Nullable Object value(ResultSet answer, ResultSetMetaData shape, int column) throws SQLException {
        Object value = switch (shape.getColumnTypeName(column)) {
            case "int2", "int4", "int8", "serial", "bigserial", "smallserial", "oid" -> answer.getLong(column);
            case "bool" -> answer.getBoolean(column);
            default -> answer.getString(column);
        };
        return answer.wasNull() ? null : value;
    }
}

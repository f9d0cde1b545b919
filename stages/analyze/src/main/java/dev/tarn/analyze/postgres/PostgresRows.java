package dev.tarn.analyze.postgres;

import dev.tarn.analyze.verify.CanonicalRow;
import dev.tarn.analyze.verify.ColumnForm;
import dev.tarn.analyze.verify.KeyHash;
import dev.tarn.analyze.verify.RangeSums;
import dev.tarn.analyze.verify.SourceSide;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The rows of a table, through COPY: a row at a time, however many there are. */
public final class PostgresRows implements SourceSide, AutoCloseable {
    // Of what PostgreSQL writes, these decide the form. A float as eight bytes shows what four hold, to the last bit.
    private static final String SETTINGS = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD';"
            + " SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex'; SET extra_float_digits = 1;"
            + " SET statement_timeout = 0; SET row_security = off;"
            + " SET default_transaction_isolation = 'repeatable read'; SET default_transaction_read_only = on";
    private static final int KEYS_AT_ONCE = 1_000;

    private final Connection connection;
    private final PostgresTable table;
    private final String slot;
    private final List<PostgresTable.Column> columns;
    private final ColumnForm[] forms;
    private final int keys;

    /** A failure of the database, for whoever words it. */
    public static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseException(SQLException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * Takes over a connection.
     *
     * @param slot the replication slot of the source
     * @param columns those that are compared, key columns first
     * @param forms of the columns
     * @param keys how many are key columns
     */
    public PostgresRows(
            Connection connection,
            PostgresTable table,
            String slot,
            List<PostgresTable.Column> columns,
            List<ColumnForm> forms,
            int keys)
            throws SQLException {
        this.connection = connection;
        this.table = table;
        this.slot = slot;
        this.columns = List.copyOf(columns);
        this.forms = forms.toArray(ColumnForm[]::new);
        this.keys = keys;
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        connection.setAutoCommit(false);
    }

    @Override
    public Sums sums(int bits) {
        RangeSums sums = new RangeSums(bits);
        long lsn = snapshot(() -> copy("", (row, line) -> sums.add(row.key(), row.whole())));
        return new Sums(lsn, sums);
    }

    @Override
    public long scan(int bits, BitSet ranges, Visitor visitor) {
        return snapshot(() -> copy("", (row, line) -> {
            KeyHash key = row.key();
            if (ranges.get((int) (key.high() >>> (Long.SIZE - bits)))) {
                visitor.row(key, row.whole(), row::keyTexts);
            }
        }));
    }

    @Override
    public Found find(List<List<String>> keyTexts, Detail detail) {
        Map<KeyHash, Row> found = new HashMap<>();
        long lsn = snapshot(() -> {
            for (int from = 0; from < keyTexts.size(); from += KEYS_AT_ONCE) {
                List<List<String>> some = keyTexts.subList(from, Math.min(keyTexts.size(), from + KEYS_AT_ONCE));
                copy(
                        join(some),
                        (row, line) -> found.put(
                                row.key(), new Row(row.whole(), detail == Detail.VALUES ? row.texts() : List.of())));
            }
        });
        return new Found(lsn, found);
    }

    /**
     * Rows as the lake's writer takes them.
     *
     * @param rows by the values of the key columns in their form; values as {@link ColumnForm#forLake} makes them
     */
    public record ForLake(long lsn, Map<List<String>, List<@Nullable Object>> rows) {}

    /** Reads rows for the lake, those that there are. */
    public ForLake forLake(List<List<String>> keyTexts) {
        Map<List<String>, List<@Nullable Object>> found = new HashMap<>();
        long lsn = snapshot(() -> {
            if (!keyTexts.isEmpty()) {
                copy(join(keyTexts), (row, line) -> found.put(row.keyTexts(), row.forLake()));
            }
        });
        return new ForLake(lsn, found);
    }

    @Override
    public long confirmed() {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT coalesce(max(pg_wal_lsn_diff(confirmed_flush_lsn, '0/0')), 0)::int8"
                        + " FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, slot);
            long lsn = number(statement);
            connection.commit();
            return lsn;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private interface Reading {
        void run() throws SQLException;
    }

    private interface RowTaker {
        void take(HashedRow row, CopyLine line);
    }

    /**
     * Reads in one snapshot, and tells its position. Asked for inside the transaction, since that makes the snapshot first:
     * whatever is seen was committed before the position.
     */
    private long snapshot(Reading reading) {
        try (PreparedStatement position =
                connection.prepareStatement("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::int8")) {
            long lsn = number(position);
            reading.run();
            connection.commit();
            return lsn;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void copy(String join, RowTaker taker) throws SQLException {
        String sql = "COPY (SELECT "
                + columns.stream().map(PostgresRows::expression).collect(Collectors.joining(", ")) + " FROM "
                + table.sqlName() + " AS t" + join + ") TO STDOUT";
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        try {
            CopyLine line = new CopyLine();
            HashedRow row = new HashedRow();
            for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                line.read(bytes);
                row.read(line, bytes);
                taker.take(row, line);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static String expression(PostgresTable.Column column) {
        String name = "t." + PostgresTable.quoted(column.name());
        return switch (column.type()) {
            case "money" -> name + "::numeric";
            case "float4" -> name + (column.isArray() ? "::float8[]" : "::float8");
            default -> name;
        };
    }

    private String join(List<List<String>> keyTexts) {
        String arrays = IntStream.range(0, keys)
                .mapToObj(i -> literal(keyTexts.stream().map(key -> key.get(i)).toList()) + "::"
                        + columns.get(i).sqlType() + "[]")
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, keys).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
        String conditions = IntStream.range(0, keys)
                .mapToObj(i -> "t." + PostgresTable.quoted(columns.get(i).name()) + " = asked.k" + i)
                .collect(Collectors.joining(" AND "));
        return " JOIN unnest(" + arrays + ") AS asked(" + names + ") ON " + conditions;
    }

    /** An array as a literal. */
    private static String literal(List<String> texts) {
        String elements = texts.stream()
                .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        return " E'{" + elements.replace("\\", "\\\\").replace("'", "\\'") + "}'";
    }

    /** A row with its hashes. Its texts are made only where somebody wants them. */
    private final class HashedRow {
        private final CanonicalRow row = new CanonicalRow();
        private final CopyLine again = new CopyLine();
        private byte[] bytes = new byte[0];
        private int keyEnd;

        void read(CopyLine line, byte[] ofLine) {
            bytes = ofLine;
            row.clear();
            for (int i = 0; i < forms.length; i++) {
                if (!line.next()) {
                    row.addNull();
                } else if (forms[i].isAsWritten()) {
                    row.add(line.value(), 0, line.length());
                } else {
                    row.add(forms[i].ofSource(line.text()));
                }
                if (i == keys - 1) {
                    keyEnd = row.size();
                }
            }
        }

        KeyHash key() {
            return row.hash(keyEnd);
        }

        KeyHash whole() {
            return row.hash(row.size());
        }

        List<String> keyTexts() {
            return texts().subList(0, keys).stream().map(String::valueOf).toList();
        }

        List<@Nullable Object> forLake() {
            again.read(bytes);
            @Nullable Object[] values = new Object[forms.length];
            for (int i = 0; i < forms.length; i++) {
                values[i] = again.next() ? forms[i].forLake(again.text()) : null;
            }
            return new ArrayList<>(Arrays.asList(values));
        }

        List<@Nullable String> texts() {
            again.read(bytes);
            @Nullable String[] texts = new String[forms.length];
            for (int i = 0; i < forms.length; i++) {
                texts[i] = again.next() ? forms[i].ofSource(again.text()) : null;
            }
            return new ArrayList<>(Arrays.asList(texts));
        }
    }
}

package dev.tarn.collect.postgres;

import dev.tarn.collect.DatabaseView;
import dev.tarn.collect.SourceColumn;
import dev.tarn.collect.SourcePosition;
import dev.tarn.collect.SourceTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a source's database. One thread at a time, except for {@link #close}.
 *
 * <p>Between looks it holds a connection without a transaction: a new login every two seconds would cost the database, and
 * us, more than the look itself.
 */
public final class PostgresDatabase implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    /** After this long we log in anew, so that a login which was taken away or has another password is noticed. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(30);

    // The key's columns come in the order of the key. A domain is what it stands for.
    private static final String COLUMNS = """
        SELECT n.nspname, c.relname, coalesce(obj_description(c.oid, 'pg_class'), '') AS table_comment, c.relreplident,
            has_table_privilege(c.oid, 'SELECT') AS readable, row_security_active(c.oid) AS hides_rows,
            pk.indimmediate AS key_is_immediate, a.attname, a.attnum,
            a.atthasdef OR a.atthasmissing AS has_default, a.attgenerated <> '' AS is_generated,
            format_type(a.atttypid, a.atttypmod) AS type, coalesce(col_description(c.oid, a.attnum), '') AS comment,
            CASE t.typtype WHEN 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
            coalesce(element.typname, base.typname) AS type_name, coalesce(element.typtype, base.typtype) AS kind,
            element.oid IS NOT NULL AS is_array, array_position(pk.indkey::int2[], a.attnum) AS key_position,
            array_position(identity.indkey::int2[], a.attnum) IS NOT NULL AS in_identity
        FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type base ON base.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
            LEFT JOIN pg_type element ON element.oid = base.typelem AND base.typcategory = 'A'
            LEFT JOIN pg_index pk ON pk.indrelid = c.oid AND pk.indisprimary
            LEFT JOIN pg_index identity ON identity.indrelid = c.oid AND identity.indisreplident
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
            AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        ORDER BY n.nspname, c.relname, a.attnum
        """;

    private static final String MAY_REPLICATE = """
        SELECT rolsuper OR rolreplication OR EXISTS (SELECT FROM pg_roles rds
            WHERE rds.rolname = 'rds_replication' AND pg_has_role(current_user, rds.oid, 'member'))
        FROM pg_roles WHERE rolname = current_user
        """;

    private static final String SLOT = """
        WITH clock AS MATERIALIZED (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::int8 AS millis)
        SELECT coalesce(confirmed_flush_lsn, restart_lsn)::text, coalesce(active_pid, 0),
            greatest(0, pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(confirmed_flush_lsn, restart_lsn)))::int8,
            pg_wal_lsn_diff(coalesce(confirmed_flush_lsn, restart_lsn), '0/0')::int8, clock.millis,
            pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::int8,
            DECODED
        FROM clock, pg_replication_slots AS slot WHERE slot_name = ? AND coalesce(confirmed_flush_lsn, restart_lsn) IS NOT NULL
        """;

    private static final String DECODED =
            "(SELECT total_bytes FROM pg_stat_replication_slots AS stat" + " WHERE stat.slot_name = slot.slot_name)";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** The first version of PostgreSQL that counts what is read through a slot. */
    private static final int COUNTS_DECODED = 14;

    private final DatabaseAddress address;
    private volatile @Nullable Connection held;
    private long heldSinceNanos;

    public PostgresDatabase(DatabaseAddress address) {
        this.address = address;
    }

    /** Where it is. */
    public DatabaseAddress address() {
        return address;
    }

    /**
     * Looks once.
     *
     * @param slot the replication slot whose position to tell
     */
    public DatabaseView look(String slot) throws SQLException {
        return ask(connection -> {
            try (Statement statement = connection.createStatement()) {
                return new DatabaseView(tables(connection), problems(statement), position(connection, slot));
            }
        });
    }

    /**
     * Writes a mark into the write-ahead log, and nothing into any table. It is a transaction of its own: Debezium, after
     * a restart, begins to read in earnest at the first transaction that it has not seen, and a mark alone is none.
     *
     * @return its place, as a number
     */
    public long mark() throws SQLException {
        return ask(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT pg_wal_lsn_diff("
                                    + "pg_logical_emit_message(true, 'tarn', 'tarn looks how far it has read'), '0/0')::int8")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /**
     * Drops a slot and the publication of its name, whichever database of the server they are in.
     *
     * @return false if someone still reads it
     */
    public boolean drop(String slot) throws SQLException {
        String database;
        try (Connection connection = address.connect(ANSWER_LIMIT);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT database, active FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, slot);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return true;
                }
                if (rows.getBoolean(2)) {
                    return false;
                }
                database = rows.getString(1);
            }
        }
        try (Connection connection = address.in(database).connect(ANSWER_LIMIT);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_drop_replication_slot('" + slot + "')");
            statement.execute("DROP PUBLICATION IF EXISTS \"" + slot + "\"");
        }
        return true;
    }

    /**
     * Drops a slot that is in this database, and leaves its publication.
     *
     * @return false if someone still reads it
     */
    public boolean dropSlot(String slot) throws SQLException {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT active, CASE WHEN NOT active"
                    + " THEN pg_drop_replication_slot(slot_name) END FROM pg_replication_slots"
                    + " WHERE slot_name = ? AND database = current_database()")) {
                statement.setString(1, slot);
                try (ResultSet rows = statement.executeQuery()) {
                    return !rows.next() || !rows.getBoolean(1);
                }
            }
        });
    }

    /** Lets the connection go; a later look makes a new one. */
    @Override
    public void close() {
        Connection connection = held;
        held = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection does not close", e);
            }
        }
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws SQLException {
        Connection connection = held;
        if (connection != null && System.nanoTime() - heldSinceNanos < HELD_AT_MOST.toNanos()) {
            try {
                return question.ask(connection);
            } catch (SQLException e) {
                // The database may have been restarted since the last look: only a new connection tells.
                LOG.log(System.Logger.Level.DEBUG, "a held connection does not answer", e);
            }
        }
        close();
        connection = address.connect(ANSWER_LIMIT);
        try {
            T answer = question.ask(connection);
            heldSinceNanos = System.nanoTime();
            held = connection;
            return answer;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static List<String> names(Statement statement, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static List<SourceTable> tables(Connection connection) throws SQLException {
        List<SourceTable> tables = new ArrayList<>();
        // Prepared, so that a held connection plans its many joins only a few times.
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS);
                ResultSet rows = statement.executeQuery()) {
            TableColumns current = null;
            while (rows.next()) {
                String schema = rows.getString("nspname");
                String name = rows.getString("relname");
                if (current == null || !current.isOf(schema, name)) {
                    if (current != null) {
                        tables.add(current.table());
                    }
                    current = new TableColumns(schema, name);
                }
                current.add(rows);
            }
            if (current != null) {
                tables.add(current.table());
            }
        }
        return tables;
    }

    private static List<String> problems(Statement statement) throws SQLException {
        List<String> problems = new ArrayList<>();
        String level = names(statement, "SHOW wal_level").get(0);
        if (!level.equals("logical")) {
            problems.add("the database's wal_level is '" + level
                    + "'. Set wal_level = logical in its postgresql.conf and restart it.");
        }
        if (!names(statement, MAY_REPLICATE).contains("t")) {
            String user = names(statement, "SELECT quote_ident(current_user)").get(0);
            problems.add(
                    "user " + user + " may not replicate. Run as a superuser: ALTER ROLE " + user + " REPLICATION.");
        }
        return problems;
    }

    private static Optional<SourcePosition> position(Connection connection, String slot) throws SQLException {
        boolean counts = connection.getMetaData().getDatabaseMajorVersion() >= COUNTS_DECODED;
        String sql = SLOT.replace("DECODED", counts ? "coalesce(" + DECODED + ", 0)" : "-1::int8");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, slot);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new SourcePosition(
                                slot,
                                rows.getString(1),
                                rows.getLong(4),
                                rows.getLong(6),
                                rows.getLong(5),
                                rows.getLong(3),
                                rows.getLong(2),
                                system(connection),
                                rows.getLong(7)))
                        : Optional.empty();
            }
        }
    }

    /** The identifier of the server; empty where it is not told to this user. */
    private static String system(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return names(statement, "SELECT system_identifier FROM pg_control_system()")
                    .get(0);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return "";
            }
            throw e;
        }
    }

    /** The columns of one table while they are read. */
    private static final class TableColumns {
        private final String schema;
        private final String name;
        private final List<SourceColumn> columns = new ArrayList<>();
        private final TreeMap<Integer, String> key = new TreeMap<>();
        private final Set<String> identityIndex = new LinkedHashSet<>();
        private String comment = "";
        private String identity = "";
        private boolean readable;
        private boolean hidesRows;
        private boolean keyIsImmediate;

        TableColumns(String schema, String name) {
            this.schema = schema;
            this.name = name;
        }

        boolean isOf(String otherSchema, String otherName) {
            return schema.equals(otherSchema) && name.equals(otherName);
        }

        void add(ResultSet row) throws SQLException {
            comment = row.getString("table_comment");
            identity = row.getString("relreplident");
            readable = row.getBoolean("readable");
            hidesRows = row.getBoolean("hides_rows");
            keyIsImmediate = row.getBoolean("key_is_immediate");
            String column = Objects.requireNonNull(row.getString("attname"));
            columns.add(new SourceColumn(
                    column,
                    row.getString("type"),
                    row.getString("comment"),
                    row.getInt("attnum"),
                    row.getBoolean("has_default"),
                    ColumnTypes.obstacle(
                            row.getString("type_name"),
                            row.getString("kind"),
                            row.getBoolean("is_array"),
                            row.getInt("modifier")),
                    row.getBoolean("is_generated")));
            int position = row.getInt("key_position");
            if (!row.wasNull()) {
                key.put(position, column);
            }
            if (row.getBoolean("in_identity")) {
                identityIndex.add(column);
            }
        }

        SourceTable table() {
            Set<String> told = switch (identity) {
                case "f" -> Set.copyOf(columns.stream().map(SourceColumn::name).toList());
                case "i" -> identityIndex;
                // PostgreSQL does not take a key that is deferrable for one: while such a table is published, it
                // refuses
                // every UPDATE and DELETE of the application.
                case "d" -> keyIsImmediate ? Set.copyOf(key.values()) : Set.of();
                default -> Set.of();
            };
            return new SourceTable(
                    schema, name, comment, columns, List.copyOf(key.values()), told, readable, hidesRows);
        }
    }
}

package dev.tarn.processes.collect.debezium;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Debezium's task for PostgreSQL, and what it leaves out where it is started again:
 *
 * <ul>
 *   <li>it reads on at the end of the last transaction that is in Kafka whole: {@link WholeTransactions};
 *   <li>it reads on in the slot that it has read before, or not at all: {@link ReadingPlace}. By itself, Debezium makes a
 *       slot that is gone anew, which begins at the end of the log, and what was not read is lost without a word.
 * </ul>
 */
public final class PostgresSourceTask extends PostgresConnectorTask {
    /** The file of what the lake's server has seen of the slot. */
    private static final String SEEN = "tarn.slot.seen";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String PURPOSE = "tarn: look at the slot";
    /** The first version of PostgreSQL that counts what is read through a slot. */
    private static final int COUNTS_DECODED = 14;

    // Columns differ between versions: a row as JSON has those that there are. Without the slot, one row of the server.
    private static final String LOOK = """
        SELECT coalesce(to_jsonb(slot) ->> 'wal_status', CASE WHEN slot.slot_name IS NOT NULL THEN 'reserved' END),
            slot.database, slot.database = current_database(),
            coalesce(pg_wal_lsn_diff(slot.confirmed_flush_lsn, '0/0'), 0)::int8,
            pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                ELSE pg_current_wal_lsn() END, '0/0')::int8,
            DECODED
        FROM (VALUES (?)) AS wanted (name) LEFT JOIN pg_replication_slots AS slot ON slot.slot_name = wanted.name
        """;
    private static final String DECODED = "coalesce((SELECT total_bytes FROM pg_stat_replication_slots AS stat"
            + " WHERE stat.slot_name = slot.slot_name), 0)";

    @Override
    public void initialize(SourceTaskContext given) {
        super.initialize(new ResumingContext(given));
    }

    @Override
    public ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(Configuration settings) {
        PostgresConnectorConfig config = new PostgresConnectorConfig(settings);
        Map<String, String> partition =
                new PostgresPartition(config.getLogicalName(), config.databaseName()).getSourcePartition();
        if (context.offsetStorageReader().offset(partition) != null) {
            Path seen = Path.of(settings.getString(SEEN));
            obstacle(config, seen).ifPresent(obstacle -> {
                throw new ConnectException(obstacle);
            });
        }
        return super.start(settings);
    }

    private static Optional<String> obstacle(PostgresConnectorConfig config, Path seen) {
        String slot = config.slotName();
        try (PostgresConnection connection = new PostgresConnection(config.getJdbcConfig(), PURPOSE)) {
            return look(connection.connection(), slot).obstacle(ReadingPlace.Seen.read(seen));
        } catch (IOException e) {
            throw new ConnectException("Cannot read what was last seen of slot '" + slot + "' in " + seen, e);
        } catch (SQLException e) {
            throw unanswered(slot, e);
        }
    }

    private static ReadingPlace look(Connection connection, String slot) throws SQLException {
        boolean counts = connection.getMetaData().getDatabaseMajorVersion() >= COUNTS_DECODED;
        try (PreparedStatement statement =
                connection.prepareStatement(LOOK.replace("DECODED", counts ? DECODED : "-1::int8"))) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new ReadingPlace(
                        slot,
                        row.getString(1),
                        String.valueOf(row.getString(2)),
                        row.getBoolean(3),
                        row.getLong(4),
                        row.getLong(5),
                        system(connection),
                        row.getLong(6));
            }
        }
    }

    /** The identifier of the server; empty where it is not told to this user. */
    private static String system(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return "";
            }
            throw e;
        }
    }

    private static RuntimeException unanswered(String slot, SQLException e) {
        String message = "Cannot look at replication slot '" + slot + "': " + e.getMessage();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        // A login, a database or a right that is missing is there no sooner for trying again at once.
        return state.startsWith("28") || state.startsWith("3D") || state.startsWith("42")
                ? new ConnectException(message, e)
                : new RetriableException(message, e);
    }
}

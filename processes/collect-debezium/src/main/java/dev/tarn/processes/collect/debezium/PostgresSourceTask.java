package dev.tarn.processes.collect.debezium;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Debezium's task for PostgreSQL, and what it leaves out where it is started again:
 *
 * <ul>
 *   <li>it reads on at the end of the last transaction that is in Kafka whole: {@link WholeTransactions};
 *   <li>it never makes a replication slot anew that has been read before, since a new one begins at the end of the log,
 *       and what was not read is lost without a word.
 * </ul>
 */
public final class PostgresSourceTask extends PostgresConnectorTask {
    private static final String PURPOSE = "tarn: look at the slot";

    // The columns differ between versions of PostgreSQL; a row as JSON has those that there are.
    private static final String SLOT =
            "SELECT to_jsonb(s) ->> 'wal_status', s.database, s.database = current_database()"
                    + " FROM pg_replication_slots s WHERE slot_name = '%s'";

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
            obstacle(config).ifPresent(obstacle -> {
                throw new ConnectException(obstacle);
            });
        }
        return super.start(settings);
    }

    /** Why what was not read yet cannot be read from the slot; empty if it can. */
    private static Optional<String> obstacle(PostgresConnectorConfig config) {
        String name = config.slotName();
        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.of(lost(name, "it is gone")));
        try (PostgresConnection connection = new PostgresConnection(config.getJdbcConfig(), PURPOSE)) {
            connection.query(SLOT.formatted(name), rows -> {
                if (rows.next()) {
                    found.set(obstacle(name, String.valueOf(rows.getString(1)), rows.getString(2), rows.getBoolean(3)));
                }
            });
        } catch (SQLException e) {
            throw unanswered(name, e);
        }
        return found.get();
    }

    private static Optional<String> obstacle(String name, String walStatus, String database, boolean isOurs) {
        if (!isOurs) {
            return Optional.of("Cannot read replication slot '" + name + "': it belongs to database '" + database
                    + "' now. If nobody needs it, drop it there with SELECT pg_drop_replication_slot('" + name
                    + "'), and this source goes on by itself. [SLOT_TAKEN]");
        }
        return walStatus.equals("lost")
                ? Optional.of(lost(name, "the server has removed log that it still needed (its wal_status is 'lost')"))
                : Optional.empty();
    }

    private static String lost(String name, String reason) {
        return "Cannot read on from replication slot '" + name + "': " + reason
                + ". What changed since it was last read is not in it any more, so all tables of the source are loaded"
                + " again. [SLOT_LOST]";
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

package dev.tarn.store.hive;

import dev.tarn.store.Columns;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one table: {@code T} for copy-on-write; {@code T}, {@code T_ro} and {@code T_rt} for merge-on-read.
 * They follow the table's columns and partitions. Used by one thread.
 */
public final class HiveCatalog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HiveCatalog.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final int TIMEOUT_MILLIS = 20_000;

    private final URI metastore;
    private final TableDescription table;
    private final HiveTables tables;
    private final Set<String> publishedPartitions = new HashSet<>();
    private Columns publishedColumns = Columns.of();
    private Instant nextTry = Instant.EPOCH;

    /**
     * Connects to nothing yet.
     *
     * @param metastore {@code thrift://host:port}
     * @param source words about where the rows come from
     * @param comments of columns, by their names
     */
    public HiveCatalog(URI metastore, TableDescription table, String source, Map<String, String> comments) {
        this.metastore = metastore;
        this.table = table;
        this.tables = new HiveTables(table, source, comments);
    }

    /** Brings the metastore in line with the table, if anything that it knows has changed. */
    public void publish(TableWriter writer) {
        Columns columns = writer.columns();
        Set<String> partitions = writer.partitions();
        boolean same = columns.equals(publishedColumns) && publishedPartitions.containsAll(partitions);
        if (same || columns.size() == 0 || Instant.now().isBefore(nextTry)) {
            return;
        }
        try (TSocket socket = new TSocket(metastore.getHost(), metastore.getPort(), TIMEOUT_MILLIS)) {
            socket.open();
            publish(new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)), columns, partitions);
            publishedColumns = columns;
            publishedPartitions.addAll(partitions);
        } catch (TException e) {
            nextTry = Instant.now().plus(RETRY);
            LOG.warn(
                    "Cannot tell the metastore at {} about '{}': {}. Tried again in {} s; the table itself is complete.",
                    metastore,
                    table.fullName(),
                    e.getMessage(),
                    RETRY.toSeconds());
        }
    }

    private void publish(ThriftHiveMetastore.Client client, Columns columns, Set<String> partitions) throws TException {
        createDatabase(client);
        List<String> entries = new ArrayList<>(List.of(table.table()));
        if (table.type() == TableType.MERGE_ON_READ) {
            entries.add(table.table() + "_ro");
            entries.add(table.table() + "_rt");
        }
        for (String entry : entries) {
            Table wanted = tables.table(entry, columns, !entry.endsWith("_ro") || entries.size() == 1);
            try {
                client.get_table(table.database(), entry);
                // Hive's readers of a partition look at the columns that it had when it was made, unless told.
                client.alter_table_with_environment_context(
                        table.database(), entry, wanted, new EnvironmentContext(Map.of("CASCADE", "true")));
            } catch (NoSuchObjectException missing) {
                client.create_table(wanted);
            }
            addPartitions(client, wanted, partitions);
        }
    }

    private void addPartitions(ThriftHiveMetastore.Client client, Table entry, Set<String> partitions)
            throws TException {
        if (table.partitionColumns().isEmpty()) {
            return;
        }
        Set<String> known =
                new HashSet<>(client.get_partition_names(table.database(), entry.getTableName(), (short) -1));
        List<Partition> missing = new ArrayList<>();
        for (String path : partitions) {
            if (!known.contains(path)) {
                missing.add(tables.partition(entry, path));
            }
        }
        if (!missing.isEmpty()) {
            client.add_partitions(missing);
        }
    }

    private void createDatabase(ThriftHiveMetastore.Client client) throws TException {
        try {
            client.get_database(table.database());
        } catch (NoSuchObjectException missing) {
            try {
                client.create_database(new Database(
                        table.database(), "", parent(table.location()).toString(), Map.of("tarn.database", "true")));
            } catch (AlreadyExistsException other) {
                // The sink of another table was faster.
                LOG.debug("Database '{}' is there already", table.database());
            }
        }
    }

    private static URI parent(URI location) {
        String text = location.toString().replaceAll("/+$", "");
        return URI.create(text.substring(0, text.lastIndexOf('/')));
    }

    @Override
    public void close() {
        publishedPartitions.clear();
    }
}

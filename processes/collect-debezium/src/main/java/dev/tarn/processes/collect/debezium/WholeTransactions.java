package dev.tarn.processes.collect.debezium;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * Takes offsets of Debezium's PostgreSQL connector back to the end of the last transaction that was read whole.
 *
 * <p>An offset is the position of one record of the log, often within a transaction. Read on from there, rows can be lost:
 * a COPY writes one record for many rows, which all have its position, and after a restart Debezium passes over all that
 * has it (debezium/debezium#7531; the count that 3.7 adds does not help where one row of the record had been sent). A
 * start can also fail for good, where the slot has been confirmed past the last commit that the offset names ("cannot
 * advance replication slot").
 *
 * <p>PostgreSQL sends every transaction whose commit lies behind the position that is asked for, from its begin; so from
 * the end of a commit nothing is missing, and nothing has to be searched for. Rows that come again have the positions
 * that they had, and sinks pass over what they have.
 */
final class WholeTransactions implements OffsetStorageReader {
    private static final String LAST_READ = "lsn";
    private static final String LAST_COMMIT = "lsn_commit";

    /**
     * What tells where within a transaction the reading was. Without {@code lsn_proc}, Debezium begins where it is told to;
     * with it, it reads all that it had read once more, to search for the place.
     */
    private static final Set<String> WITHIN_A_TRANSACTION = Set.of("lsn_proc", "lsn_events_processed", "messageType");

    private final OffsetStorageReader stored;

    WholeTransactions(OffsetStorageReader stored) {
        this.stored = stored;
    }

    @Override
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        return rewind(stored.offset(partition));
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> rewound = new HashMap<>();
        stored.offsets(partitions).forEach((partition, offset) -> rewound.put(partition, rewind(offset)));
        return rewound;
    }

    /**
     * The same offset, at the end of the last whole transaction. Before the first one it stays at its position, which lies
     * within the first, and that comes whole from there, too.
     */
    static @Nullable Map<String, Object> rewind(@Nullable Map<String, Object> offset) {
        if (offset == null) {
            return null;
        }
        Map<String, Object> rewound = new HashMap<>(offset);
        WITHIN_A_TRANSACTION.forEach(rewound::remove);
        Object commit = offset.get(LAST_COMMIT);
        if (commit != null) {
            rewound.put(LAST_READ, commit);
        }
        return rewound;
    }
}

package dev.tarn.load.postgres;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The transactions of a server that have written, or may, and have not ended. Each holds a lock on its own number until
 * others see what it did, which anyone may see. (A snapshot does not tell: its xmax is behind the last that has ended, and
 * what runs may be beyond.)
 */
public final class OpenTransactions {
    // What is prepared has no process any more. When a transaction of another user began, not everyone may see.
    private static final String OPEN = """
            SELECT l.transactionid, l.pid IS NULL, coalesce(p.gid, l.pid::text, ''),
                to_char(coalesce(a.xact_start, p.prepared), 'YYYY-MM-DD HH24:MI:SS"Z"')
            FROM pg_catalog.pg_locks l
                LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                LEFT JOIN pg_catalog.pg_prepared_xacts p ON p.transaction = l.transactionid
            WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
            ORDER BY coalesce(a.xact_start, p.prepared)
            """;

    private OpenTransactions() {}

    /** Those that are open now, the oldest first: from its number to words for it. */
    public static Map<String, String> find(Session session) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        for (Session.Line line : session.query(OPEN)) {
            boolean isPrepared = line.isTrue(1);
            String since = line.values().get(3);
            found.put(
                    line.text(0),
                    "a transaction that is " + (isPrepared ? "prepared" : "open")
                            + (since == null ? "" : " since " + since)
                            + (isPrepared ? " ('" + line.text(2) + "')" : " (pid " + line.text(2) + ")"));
        }
        return found;
    }
}

package dev.tarn.load.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which transactions of the database run. Nothing here keeps a snapshot, or takes the number of a transaction. */
public final class Snapshots {
    private static final int NEW_NAMES = 130_000;

    // What runs in other databases counts too, and what is prepared and has no process any more. Of other users, who
    // may
    // not be seen, the times are null.
    private static final String OLDEST = """
            SELECT words FROM (
                SELECT 'a transaction that is open since ' || to_char(xact_start, 'YYYY-MM-DD HH24:MI:SS"Z"')
                    || ' (pid ' || pid || ')' AS words, xact_start AS since
                FROM pg_catalog.pg_stat_activity
                WHERE backend_xid IS NOT NULL AND pid <> pg_catalog.pg_backend_pid()
                UNION ALL
                SELECT 'a transaction that is prepared since ' || to_char(prepared, 'YYYY-MM-DD HH24:MI:SS"Z"')
                    || ' (''' || gid || ''')', prepared
                FROM pg_catalog.pg_prepared_xacts) waiting
            WHERE words IS NOT NULL ORDER BY since LIMIT 1
            """;

    private Snapshots() {}

    /** The number of the next transaction: all that run now, or have ended, are below. */
    public static long next(Session session) throws SQLException {
        return session.query("SELECT " + function(session, "xmax")).get(0).number(0);
    }

    /** The number of the oldest transaction that runs, or of the next. */
    public static long oldest(Session session) throws SQLException {
        return session.query("SELECT " + function(session, "xmin")).get(0).number(0);
    }

    private static String function(Session session, String end) throws SQLException {
        return session.version() >= NEW_NAMES
                ? "pg_catalog.pg_snapshot_" + end + "(pg_catalog.pg_current_snapshot())"
                : "pg_catalog.txid_snapshot_" + end + "(pg_catalog.txid_current_snapshot())";
    }

    /** The oldest transaction that runs, in words; empty if the user may not see it. */
    public static Optional<String> describeOldest(Session session) throws SQLException {
        List<Session.Line> lines = session.query(OLDEST);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(0).text(0));
    }

    /**
     * A moment of the database.
     *
     * @param snapshot its name, by which other sessions see the same
     * @param lsn a position in the log behind all that is seen
     * @param millis since 1970, by the database's clock
     */
    public record Moment(String snapshot, long lsn, long millis) {}

    /** Exports the snapshot of a transaction that has asked nothing yet; it is there while the transaction is. */
    public static Moment export(Session session) throws SQLException {
        String snapshot =
                session.query("SELECT pg_catalog.pg_export_snapshot()").get(0).text(0);
        Session.Line line = session.query("""
                SELECT pg_catalog.pg_wal_lsn_diff(CASE WHEN pg_catalog.pg_is_in_recovery()
                        THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_insert_lsn() END,
                        '0/0')::int8,
                    (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000)::int8
                """).get(0);
        return new Moment(snapshot, line.number(0), line.number(1));
    }
}

package dev.tarn.load.postgres;

import java.sql.SQLException;

/**
 * A moment of the database.
 *
 * @param snapshot its name, by which other sessions see the same
 * @param lsn a position in the log behind all that is seen
 * @param millis since 1970, by the database's clock
 */
public record Moment(String snapshot, long lsn, long millis) {

    /** That of a transaction that has asked nothing yet; others may adopt it while that transaction is there. */
    public static Moment export(Session session) throws SQLException {
        String snapshot =
                session.query("SELECT pg_catalog.pg_export_snapshot()").get(0).text(0);
        // Only now: whatever is seen was committed before.
        Session.Line line = session.query("""
                SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::int8,
                    (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000)::int8
                """).get(0);
        return new Moment(snapshot, line.number(0), line.number(1));
    }
}

package dev.tarn.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Changes the table through one connection: half updates, three tenths inserts, the rest deletes, each of a row that is
 * there. One update in a hundred moves its row to another region. The same seed makes the same changes.
 */
final class SalesWriter implements AutoCloseable {
    private static final OffsetDateTime FIRST_SALE =
            Instant.parse("2026-06-01T00:00:00Z").atOffset(ZoneOffset.UTC);

    private final Connection connection;
    private final Random random;
    private final LiveIds ids;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private final PreparedStatement position;
    private long made;

    private SalesWriter(Connection connection, LiveIds ids, long seed) throws SQLException {
        this.connection = connection;
        this.ids = ids;
        this.random = new Random(seed);
        this.insert = connection.prepareStatement(SalesTable.insert());
        this.update = connection.prepareStatement("UPDATE sales SET status = ?, quantity = ?, price = ?, note = ?,"
                + " region = coalesce(?, region) WHERE id = ?");
        this.delete = connection.prepareStatement("DELETE FROM sales WHERE id = ?");
        this.position = connection.prepareStatement("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }

    /** @param connection becomes the writer's own */
    static SalesWriter open(Connection connection, LiveIds ids, long seed) throws SQLException {
        connection.setAutoCommit(false);
        return new SalesWriter(connection, ids, seed);
    }

    /** How many changes it has made. */
    long made() {
        return made;
    }

    /** A transaction of so many changes. */
    void commit(int changes) throws SQLException {
        change(changes);
        connection.commit();
    }

    /**
     * A transaction of so many changes and one more, the insert of a row that can be recognised.
     *
     * @return where and when it is in the source
     */
    Mark commitWithMark(int changes, long id) throws SQLException {
        change(changes);
        // The row's place in the log is here or a little further, and after every change that came before it.
        long lsn = position();
        bindInsert(id);
        insert.executeUpdate();
        connection.commit();
        return new Mark(id, lsn, ++made, System.currentTimeMillis());
    }

    /**
     * A change that the source has.
     *
     * @param lsn a commit of the lake that reaches it has the change
     * @param changes how many this writer has made by then, with this one
     * @param committedMillis when the source had answered, since 1970
     */
    record Mark(long id, long lsn, long changes, long committedMillis) {}

    private void change(int changes) throws SQLException {
        made += changes;
        int inserts = 0;
        int updates = 0;
        int deletes = 0;
        for (int i = 0; i < changes; i++) {
            int dice = random.nextInt(10);
            if (dice < 5) {
                bindUpdate(ids.pick(random));
                update.addBatch();
                updates++;
            } else if (dice < 8) {
                bindInsert(ids.add());
                insert.addBatch();
                inserts++;
            } else {
                delete.setLong(1, ids.remove(random));
                delete.addBatch();
                deletes++;
            }
        }
        // In this order each statement meets the rows that it was made for.
        run(insert, inserts);
        run(update, updates);
        run(delete, deletes);
    }

    private static void run(PreparedStatement statement, int expected) throws SQLException {
        if (expected == 0) {
            return;
        }
        for (int count : statement.executeBatch()) {
            if (count != 1) {
                throw new SQLException("a change met " + count + " rows");
            }
        }
    }

    private void bindInsert(long id) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, region());
        insert.setString(3, "customer-" + random.nextInt(50_000));
        insert.setString(4, "product-" + random.nextInt(2_000));
        insert.setInt(5, 1 + random.nextInt(9));
        insert.setBigDecimal(6, price());
        insert.setObject(7, FIRST_SALE.plusNanos(random.nextInt(1_000_000_000) * 1_000_000L + 1_000));
        insert.setString(8, note());
    }

    private void bindUpdate(long id) throws SQLException {
        update.setString(1, random.nextBoolean() ? "sent" : "returned");
        update.setInt(2, 1 + random.nextInt(9));
        update.setBigDecimal(3, price());
        update.setString(4, note());
        update.setString(5, random.nextInt(100) == 0 ? region() : null);
        update.setLong(6, id);
    }

    private String region() {
        return "region-" + random.nextInt(SalesTable.REGIONS);
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(random.nextInt(10_000_000), 2);
    }

    private @Nullable String note() {
        return random.nextInt(10) == 0 ? null : "note " + Long.toHexString(random.nextLong()) + " ☃";
    }

    private long position() throws SQLException {
        try (ResultSet row = position.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

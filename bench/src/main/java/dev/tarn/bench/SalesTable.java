package dev.tarn.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The table {@code sales}: ten columns, eight regions, and what its content adds up to on both sides. */
final class SalesTable {
    static final int REGIONS = 8;

    /** Its name in the lake's timeline. */
    static final String IN_LAKE = BenchLake.SOURCE + "/sales";

    private static final String COLUMNS = "id, region, customer, product, status, quantity, price, paid, sold_at, note";

    /**
     * The text of a row, which is the same in PostgreSQL and in Spark; %s is the microseconds of its time. Its MD5 is cut
     * in two numbers of 60 bits, and a table's numbers are added up: the order of rows does not matter, every character
     * of them does.
     */
    private static final String ROW_TEXT = "concat_ws('|', CAST(id AS %1$s), region, customer, product, status,"
            + " CAST(quantity AS %1$s), CAST(price AS %1$s), CAST(paid AS %1$s), CAST(%2$s AS %1$s),"
            + " coalesce(note, '~'))";

    private static final String SOURCE_SUMS =
            """
            SELECT count(*)::text, sum(id)::text, sum(price)::text, sum(quantity)::text,
              sum(('x' || substr(m, 1, 15))::bit(60)::bigint)::text, sum(('x' || substr(m, 16, 15))::bit(60)::bigint)::text
            FROM (SELECT *, md5(%s) AS m FROM sales) hashed""".formatted(ROW_TEXT.formatted("text", "(extract(epoch FROM sold_at) * 1000000)::bigint"));

    private static final String LAKE_SUMS = """
            SELECT CAST(count(*) AS string), CAST(sum(id) AS string), CAST(sum(price) AS string),
              CAST(sum(quantity) AS string), CAST(sum(CAST(conv(substr(m, 1, 15), 16, 10) AS decimal(20, 0))) AS string),
              CAST(sum(CAST(conv(substr(m, 16, 15), 16, 10) AS decimal(20, 0))) AS string)
            FROM (SELECT *, md5(%s) AS m FROM %%s) hashed""".formatted(ROW_TEXT.formatted("string", "unix_micros(sold_at)"));

    private SalesTable() {}

    /** Makes the table under another name, so that the lake does not see it before all rows are there. */
    static void load(Connection connection, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE sales_loading (id bigint PRIMARY KEY, region text NOT NULL, customer text NOT NULL,
                      product text NOT NULL, status text NOT NULL, quantity int NOT NULL, price numeric(12,2) NOT NULL,
                      paid boolean NOT NULL, sold_at timestamptz NOT NULL, note text)""");
            statement.execute("""
                    INSERT INTO sales_loading SELECT i, 'region-' || i %% %d, 'customer-' || i * 7919 %% 50000,
                      'product-' || i * 104729 %% 2000, (ARRAY['new', 'packed', 'sent', 'returned'])[1 + i %% 4],
                      1 + i %% 9, (i * 6700417 %% 10000000) / 100.0, i %% 3 = 0,
                      timestamptz '2026-01-01 00:00:00Z' + i * interval '1.000123 seconds',
                      CASE WHEN i %% 10 <> 0 THEN 'note ' || md5(i::text) END
                    FROM generate_series(1, %d::bigint) i""".formatted(REGIONS, rows));
            statement.execute("VACUUM ANALYZE sales_loading");
            statement.execute("CHECKPOINT");
        }
    }

    /** Lets the lake see it; the time at which that was done, in milliseconds since 1970. */
    static long show(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE sales_loading RENAME TO sales");
            return System.currentTimeMillis();
        }
    }

    /** The statement that inserts a row whose columns but the region are made from its id. */
    static String insert() {
        return "INSERT INTO sales (" + COLUMNS + ") VALUES (?, ?, ?, ?, 'new', ?, ?, false, ?, ?)";
    }

    /** What the source's rows add up to. */
    static List<String> sourceSums(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SOURCE_SUMS)) {
            row.next();
            List<String> sums = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                sums.add(String.valueOf(row.getString(i)));
            }
            return sums;
        }
    }

    /** What the lake's rows add up to. */
    static List<String> lakeSums(LakeClient lake) throws IOException, InterruptedException {
        return lake.query(sums("shop.sales")).get(0).stream()
                .map(String::valueOf)
                .toList();
    }

    /** One line of SQL for Spark that adds up a table. */
    static String sums(String table) {
        return LAKE_SUMS.formatted(table).replaceAll("\\s+", " ");
    }
}

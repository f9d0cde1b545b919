package dev.tarn.load.postgres;

import dev.tarn.load.value.SourceColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the catalog says of one table. */
public final class Catalog {
    // A domain is what it stands for, with the modifier of the domain. An array is known by its element's word for it.
    // The bytes of money do not tell
    // how many of its digits are cents, and of its text Debezium knows this form.
    private static final String COLUMNS = """
            WITH RECURSIVE base(attnum, typid, modifier) AS (
                SELECT a.attnum, a.atttypid, a.atttypmod FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = ?::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT b.attnum, t.typbasetype, t.typtypmod
                FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.typid WHERE t.typtype = 'd')
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                coalesce(element.typname, t.typname)
                    || CASE WHEN t.typname = 'money' AND '-1234.5'::pg_catalog.money::pg_catalog.text <> '-$1,234.50'
                        THEN ' of lc_monetary' ELSE '' END,
                coalesce(element.typtype, t.typtype), element.oid IS NOT NULL,
                coalesce(element.typnamespace, t.typnamespace) = 'pg_catalog'::pg_catalog.regnamespace, base.modifier
            FROM base
                JOIN pg_catalog.pg_type t ON t.oid = base.typid AND t.typtype <> 'd'
                JOIN pg_catalog.pg_attribute a ON a.attrelid = ?::pg_catalog.oid AND a.attnum = base.attnum
                LEFT JOIN pg_catalog.pg_type element ON element.typarray = t.oid
            ORDER BY a.attnum
            """;

    // With its partitions and heirs, at whatever depth: a query of the table reads them all.
    private static final String STORAGE = """
            WITH RECURSIVE part(oid) AS (
                SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?
                UNION
                SELECT i.inhrelid FROM part JOIN pg_catalog.pg_inherits i ON i.inhparent = part.oid)
            SELECT min(c.oid) FILTER (WHERE n.nspname = ? AND c.relname = ?),
                sum(greatest(c.reltuples, 0)) FILTER (WHERE c.relkind <> 'p')::int8,
                coalesce(sum(pg_catalog.pg_relation_size(c.oid)), 0)::int8,
                coalesce(max(pg_catalog.pg_relation_size(c.oid)), 0)::int8
                    / pg_catalog.current_setting('block_size')::int8,
                bool_and(c.relkind = 'p' OR c.relkind = 'r' AND am.amname = 'heap'), pg_catalog.current_database()
            FROM part
                JOIN pg_catalog.pg_class c ON c.oid = part.oid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
            """;

    private static final int RANGES_OF_ROW_IDS = 140_000;

    private Catalog() {}

    /**
     * A table.
     *
     * @param database that it is in
     * @param columns in their order
     * @param pages of its largest part
     * @param isDivisible whether the database finds rows by the page that they are in
     * @param expectedRows an estimate, 0 if there is none
     * @param bytes what it takes on disk
     */
    public record Table(
            String database,
            List<SourceColumn> columns,
            long pages,
            boolean isDivisible,
            long expectedRows,
            long bytes) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /** Finds a table as it is for this session's transaction. */
    public static Optional<Table> find(Session session, String schema, String name) throws SQLException {
        Session.Line storage =
                session.query(STORAGE, schema, name, schema, name).get(0);
        String oid = storage.values().get(0);
        if (oid == null) {
            return Optional.empty();
        }
        List<SourceColumn> columns = new ArrayList<>();
        for (Session.Line line : session.query(COLUMNS, oid, oid)) {
            columns.add(new SourceColumn(
                    line.text(0), line.text(1), line.text(2), line.text(3), line.isTrue(4), line.isTrue(5), (int)
                            line.number(6)));
        }
        boolean isDivisible = storage.isTrue(4) && session.version() >= RANGES_OF_ROW_IDS;
        return Optional.of(new Table(
                storage.text(5), columns, storage.number(3), isDivisible, storage.number(1), storage.number(2)));
    }

    /**
     * How many different values columns have together, null among them.
     *
     * @param columns as a query names them
     * @param most it does not count further
     */
    public static long countValues(Session session, String schema, String name, List<String> columns, int most)
            throws SQLException {
        return session.query("SELECT pg_catalog.count(*) FROM (SELECT DISTINCT " + String.join(", ", columns) + " FROM "
                        + Sql.name(schema) + "." + Sql.name(name) + " LIMIT " + most + ") seen")
                .get(0)
                .number(0);
    }
}

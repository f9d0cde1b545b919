package dev.tarn.analyze.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with the types of its columns.
 *
 * @param rows about how many it has, as the planner believes
 */
public record PostgresTable(String schema, String name, long rows, List<Column> columns) {
    // A domain is what it stands for, here too. Partitions hold the rows of a partitioned table.
    private static final String COLUMNS = """
        SELECT a.attname, coalesce(element.typname, base.typname) AS type_name,
            coalesce(element.typtype, base.typtype) = 'e' AS is_enum, element.oid IS NOT NULL AS is_array,
            format_type(a.atttypid, a.atttypmod) AS sql_type,
            (SELECT greatest(0, sum(part.reltuples))::int8 FROM pg_class part
                WHERE part.oid = c.oid OR part.oid IN (SELECT relid FROM pg_partition_tree(c.oid))) AS rows
        FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type base ON base.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
            LEFT JOIN pg_type element ON element.oid = base.typelem AND base.typcategory = 'A'
        WHERE n.nspname = ? AND c.relname = ?
        ORDER BY a.attnum
        """;

    public PostgresTable {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param type as pg_type calls it, below a domain and below an array
     * @param sqlType as SQL writes it
     */
    public record Column(String name, String type, boolean isEnum, boolean isArray, String sqlType) {}

    /** Looks at a table; one that does not exist has no columns. */
    public static PostgresTable read(Connection connection, String schema, String name) throws SQLException {
        List<Column> columns = new ArrayList<>();
        long count = 0;
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count = rows.getLong("rows");
                    columns.add(new Column(
                            rows.getString("attname"),
                            rows.getString("type_name"),
                            rows.getBoolean("is_enum"),
                            rows.getBoolean("is_array"),
                            rows.getString("sql_type")));
                }
            }
        }
        return new PostgresTable(schema, name, count, columns);
    }

    String sqlName() {
        return quoted(schema) + "." + quoted(name);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}

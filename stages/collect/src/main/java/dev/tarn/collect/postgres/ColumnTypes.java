package dev.tarn.collect.postgres;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which types of PostgreSQL flow into the lake. Debezium 3.6 leaves columns of other types out without a word (found by
 * capturing a table with a column of each type), so we name them before it starts.
 */
final class ColumnTypes {
    /** As many digits as a decimal has in Spark, Hive and Trino. */
    private static final int MAX_DIGITS = 38;

    private static final Set<String> IN_ARRAYS = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "bpchar",
            "varchar",
            "text",
            "citext",
            "bytea",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "uuid",
            "json",
            "jsonb",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "oid",
            "tsvector",
            "ltree",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange");

    private static final Set<String> ALONE = Set.of(
            "money",
            "char",
            "interval",
            "xml",
            "bit",
            "varbit",
            "point",
            "hstore",
            "geometry",
            "geography",
            "vector",
            "halfvec",
            "sparsevec");

    private ColumnTypes() {}

    /**
     * Says why a column cannot flow into the lake.
     *
     * @param name the type's name in pg_type, below a domain and below an array
     * @param kind pg_type.typtype of that: b for a base type, e for an enumeration, c for a composite, r for a range
     * @param isArray whether the column holds arrays of it
     * @param modifier pg_attribute.atttypmod, -1 for none
     * @return null if it can
     */
    static @Nullable String obstacle(String name, String kind, boolean isArray, int modifier) {
        if (kind.equals("e")) {
            return null;
        }
        if (name.equals("name")) {
            // ReplicationMessageColumnValueResolver of Debezium 3.6 has no case for it, so changes would bring null.
            return "which Debezium copies but leaves out of changes";
        }
        if (!IN_ARRAYS.contains(name) && (isArray || !ALONE.contains(name))) {
            return "which has no counterpart in the lake";
        }
        return name.equals("numeric") && modifier >= 4 ? decimalObstacle(modifier - 4) : null;
    }

    // Precision in the upper half, scale in the lower 11 bits with a sign: numeric.c of PostgreSQL 15.
    private static @Nullable String decimalObstacle(int modifier) {
        int precision = modifier >> 16 & 0xffff;
        int scale = ((modifier & 0x7ff) ^ 1024) - 1024;
        if (precision > MAX_DIGITS) {
            return "and a decimal of the lake has " + MAX_DIGITS + " digits at most";
        }
        return scale < 0 || scale > precision
                ? "and a decimal of the lake has no negative scale and no scale beyond its digits"
                : null;
    }
}

package dev.tarn.processes.engine.duckdb;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Types that have the same values, the same equality and the same order in Spark and in DuckDB. */
final class DuckTypes {
    private static final long MICROS = 1_000_000;

    private DuckTypes() {}

    /** @param reader takes a value from an answer to what {@link #readable} asks for */
    private record Kind(String name, Reader reader) {}

    private interface Reader {
        Object read(ResultSet row, int column) throws SQLException;
    }

    private static final Map<DataType, Kind> KINDS = Map.ofEntries(
            Map.entry(DataTypes.BooleanType, new Kind("BOOLEAN", ResultSet::getBoolean)),
            Map.entry(DataTypes.ByteType, new Kind("TINYINT", ResultSet::getByte)),
            Map.entry(DataTypes.ShortType, new Kind("SMALLINT", ResultSet::getShort)),
            Map.entry(DataTypes.IntegerType, new Kind("INTEGER", ResultSet::getInt)),
            Map.entry(DataTypes.LongType, new Kind("BIGINT", ResultSet::getLong)),
            Map.entry(DataTypes.FloatType, new Kind("FLOAT", ResultSet::getFloat)),
            Map.entry(DataTypes.DoubleType, new Kind("DOUBLE", ResultSet::getDouble)),
            Map.entry(DataTypes.StringType, new Kind("VARCHAR", ResultSet::getString)),
            Map.entry(DataTypes.DateType, new Kind("DATE", (row, column) -> LocalDate.ofEpochDay(row.getLong(column)))),
            Map.entry(
                    DataTypes.TimestampType,
                    new Kind("TIMESTAMP WITH TIME ZONE", (row, column) -> instant(row.getLong(column)))),
            Map.entry(
                    DataTypes.TimestampNTZType,
                    new Kind(
                            "TIMESTAMP",
                            (row, column) -> LocalDateTime.ofInstant(instant(row.getLong(column)), ZoneOffset.UTC))));

    private static @Nullable Kind find(DataType type) {
        return type instanceof DecimalType decimal
                ? new Kind("DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")", ResultSet::getBigDecimal)
                : KINDS.get(type);
    }

    /** DuckDB's name of a type. */
    static String name(DataType type) throws NotFastException {
        Kind kind = find(type);
        if (kind == null) {
            throw new NotFastException("type " + type.catalogString() + " is not among those that both engines have");
        }
        return kind.name();
    }

    static boolean isKnown(DataType type) {
        return find(type) != null;
    }

    /**
     * Whether values of a type that Parquet keeps so are the same for both engines. Where a column has grown since, they are not:
     * Spark makes the double of an older file's float by way of its text.
     *
     * @param physical as Parquet calls it
     */
    static boolean isKeptAs(DataType type, String physical) {
        if (type instanceof DoubleType) {
            return physical.equals("DOUBLE");
        } else if (type instanceof FloatType) {
            return physical.equals("FLOAT");
        }
        return !(type instanceof StringType) || physical.equals("BYTE_ARRAY");
    }

    static boolean isIntegral(DataType type) {
        return type instanceof IntegralType;
    }

    static boolean isFloating(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType;
    }

    /** @param value as Spark holds it inside: days, microseconds, its own strings and decimals */
    static String literal(@Nullable Object value, DataType type) throws NotFastException {
        String name = name(type);
        if (value == null) {
            return "CAST(NULL AS " + name + ")";
        }
        if (type instanceof StringType) {
            return text(value.toString());
        } else if (type instanceof DateType) {
            return "(DATE '1970-01-01' + CAST(" + value + " AS INTEGER))";
        } else if (type instanceof TimestampType) {
            return "make_timestamptz(CAST(" + value + " AS BIGINT))";
        } else if (type instanceof TimestampNTZType) {
            return "make_timestamp(CAST(" + value + " AS BIGINT))";
        } else if (value instanceof Decimal decimal) {
            return "CAST('" + decimal.toJavaBigDecimal().toPlainString() + "' AS " + name + ")";
        }
        return "CAST('" + value + "' AS " + name + ")";
    }

    static String text(String value) throws NotFastException {
        if (value.indexOf('\0') >= 0) {
            throw new NotFastException("a text holds the character NUL");
        }
        return "'" + value.replace("'", "''") + "'";
    }

    static String texts(List<String> values) throws NotFastException {
        List<String> texts = new ArrayList<>();
        for (String value : values) {
            texts.add(text(value));
        }
        return "[" + String.join(", ", texts) + "]";
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What to ask for to read values of a type with {@link #read}: no time zone and no calendar has a say in it. */
    static String readable(String expression, DataType type) {
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return "epoch_us(" + expression + ")";
        } else if (type instanceof DateType) {
            return "(" + expression + " - DATE '1970-01-01')";
        }
        return expression;
    }

    /** A value as Spark's rows have it, with the time API of Java 8. */
    static @Nullable Object read(ResultSet row, int column, DataType type) throws SQLException {
        Object value = Objects.requireNonNull(find(type)).reader().read(row, column);
        return row.wasNull() ? null : value;
    }

    /** The same as Spark holds it inside. */
    static @Nullable Object readInternal(ResultSet row, int column, DataType type) throws SQLException {
        Object value;
        if (type instanceof StringType) {
            return UTF8String.fromString(row.getString(column));
        } else if (type instanceof DecimalType decimal) {
            BigDecimal found = row.getBigDecimal(column);
            return found == null ? null : Decimal.apply(found, decimal.precision(), decimal.scale());
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            value = row.getLong(column);
        } else if (type instanceof DateType) {
            value = Math.toIntExact(row.getLong(column));
        } else {
            return read(row, column, type);
        }
        return row.wasNull() ? null : value;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }
}

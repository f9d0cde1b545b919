package dev.tarn.processes.engine.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Types that have the same values, the same equality and the same order in Spark and in DuckDB. */
final class DuckTypes {
    private static final long MICROS = 1_000_000;

    private DuckTypes() {}

    /** DuckDB's name of a type. */
    static String name(DataType type) throws NotFastException {
        if (type instanceof BooleanType) {
            return "BOOLEAN";
        } else if (type instanceof ByteType) {
            return "TINYINT";
        } else if (type instanceof ShortType) {
            return "SMALLINT";
        } else if (type instanceof IntegerType) {
            return "INTEGER";
        } else if (type instanceof LongType) {
            return "BIGINT";
        } else if (type instanceof FloatType) {
            return "FLOAT";
        } else if (type instanceof DoubleType) {
            return "DOUBLE";
        } else if (type instanceof DecimalType decimal) {
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof StringType) {
            return "VARCHAR";
        } else if (type instanceof DateType) {
            return "DATE";
        } else if (type instanceof TimestampType) {
            return "TIMESTAMP WITH TIME ZONE";
        } else if (type instanceof TimestampNTZType) {
            return "TIMESTAMP";
        }
        throw new NotFastException("type " + type.catalogString() + " is not among those that both engines have");
    }

    static boolean isKnown(DataType type) {
        try {
            name(type);
            return true;
        } catch (NotFastException e) {
            return false;
        }
    }

    static boolean isIntegral(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    static boolean isFloating(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType;
    }

    /** How many decimal digits an integral type can need. */
    static int digits(DataType type) {
        return type instanceof ByteType ? 3 : type instanceof ShortType ? 5 : type instanceof IntegerType ? 10 : 20;
    }

    static int bytes(DataType type) {
        return type instanceof ByteType ? 1 : type instanceof ShortType ? 2 : type instanceof IntegerType ? 4 : 8;
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
        Object value = value(row, column, type);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object value(ResultSet row, int column, DataType type) throws SQLException {
        if (type instanceof BooleanType) {
            return row.getBoolean(column);
        } else if (type instanceof ByteType) {
            return row.getByte(column);
        } else if (type instanceof ShortType) {
            return row.getShort(column);
        } else if (type instanceof IntegerType) {
            return row.getInt(column);
        } else if (type instanceof LongType) {
            return row.getLong(column);
        } else if (type instanceof FloatType) {
            return row.getFloat(column);
        } else if (type instanceof DoubleType) {
            return row.getDouble(column);
        } else if (type instanceof DecimalType) {
            return row.getBigDecimal(column);
        } else if (type instanceof DateType) {
            return LocalDate.ofEpochDay(row.getLong(column));
        } else if (type instanceof TimestampType) {
            return instant(row.getLong(column));
        } else if (type instanceof TimestampNTZType) {
            return LocalDateTime.ofInstant(instant(row.getLong(column)), ZoneOffset.UTC);
        }
        return row.getString(column);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }
}

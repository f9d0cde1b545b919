package dev.tarn.load.value;

import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * How one column is read.
 *
 * @param type the column's type in the lake
 * @param form what the database is asked for
 * @param values makes its values
 */
public record ColumnReader(ColumnType type, Form form, ValueReader values) {
    private static final int MAX_DIGITS = 38;

    /** What the database is asked for. */
    public enum Form {
        /** The type's own binary form. */
        BINARY,
        /** The text that the database writes for a value. */
        TEXT
    }

    /** The reader of a column; empty if its values cannot be had in exactly Debezium's form. */
    public static Optional<ColumnReader> of(SourceColumn column) {
        if (column.isArray()) {
            return Optional.empty();
        }
        if (column.kind().equals("e")) {
            return Optional.of(binary(Scalar.STRING, ColumnReader::text));
        }
        return column.isBuiltIn() ? builtIn(column) : Optional.empty();
    }

    private static Optional<ColumnReader> builtIn(SourceColumn column) {
        return switch (column.type()) {
            case "bool" -> Optional.of(binary(Scalar.BOOLEAN, (bytes, at, length) -> bytes[at] != 0));
            case "int2" -> Optional.of(binary(Scalar.INT, (bytes, at, length) -> (int) BigEndian.int2(bytes, at)));
            case "int4" -> Optional.of(binary(Scalar.INT, (bytes, at, length) -> BigEndian.int4(bytes, at)));
            case "int8" -> Optional.of(binary(Scalar.LONG, (bytes, at, length) -> BigEndian.int8(bytes, at)));
            case "oid" ->
                Optional.of(
                        binary(Scalar.LONG, (bytes, at, length) -> Integer.toUnsignedLong(BigEndian.int4(bytes, at))));
            case "float4" ->
                Optional.of(
                        binary(Scalar.FLOAT, (bytes, at, length) -> Float.intBitsToFloat(BigEndian.int4(bytes, at))));
            case "float8" ->
                Optional.of(binary(
                        Scalar.DOUBLE, (bytes, at, length) -> Double.longBitsToDouble(BigEndian.int8(bytes, at))));
            case "numeric" -> numeric(column.modifier());
            case "text", "varchar", "bpchar", "json" -> Optional.of(binary(Scalar.STRING, ColumnReader::text));
            case "jsonb" -> Optional.of(binary(Scalar.STRING, ColumnReader::jsonb));
            case "uuid" -> Optional.of(binary(Scalar.STRING, ColumnReader::uuid));
            case "bytea" ->
                Optional.of(binary(Scalar.BYTES, (bytes, at, length) -> Arrays.copyOfRange(bytes, at, at + length)));
            case "date" -> Optional.of(binary(Scalar.DATE, Times::date));
            case "timestamp", "timestamptz" -> Optional.of(binary(Scalar.TIMESTAMP, Times::timestamp));
            default -> Optional.empty();
        };
    }

    // Precision in the upper half, scale in the lower 11 bits with a sign: numeric.c of PostgreSQL 15.
    private static Optional<ColumnReader> numeric(int modifier) {
        if (modifier < 4) {
            return Optional.of(binary(Scalar.STRING, Numerics::text));
        }
        int precision = modifier - 4 >> 16 & 0xffff;
        int scale = ((modifier - 4 & 0x7ff) ^ 1024) - 1024;
        return precision > MAX_DIGITS || scale < 0 || scale > precision
                ? Optional.empty()
                : Optional.of(binary(new ColumnType.Decimal(precision, scale), Numerics.ofScale(scale)));
    }

    private static ColumnReader binary(ColumnType type, ValueReader values) {
        return new ColumnReader(type, Form.BINARY, values);
    }

    private static Object text(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    // The first byte is the version of the form, and the rest text.
    private static Object jsonb(byte[] bytes, int at, int length) {
        return text(bytes, at + 1, length - 1);
    }

    private static Object uuid(byte[] bytes, int at, int length) {
        return new UUID(BigEndian.int8(bytes, at), BigEndian.int8(bytes, at + Long.BYTES)).toString();
    }
}

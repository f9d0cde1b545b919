package dev.tarn.load.value;

import dev.tarn.load.value.ColumnReader.Form;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** The readers of columns that hold no arrays. */
final class ScalarTypes {
    private static final int MAX_DIGITS = 38;
    // Debezium's money.fraction.digits. Catalog tells a database whose money has others.
    private static final int MONEY_DIGITS = 2;
    private static final ColumnType MONEY = new ColumnType.Decimal(MAX_DIGITS, MONEY_DIGITS);

    private ScalarTypes() {}

    static ColumnReader ofEnumeration() {
        return binary(Scalar.STRING, Texts::text);
    }

    static Optional<ColumnReader> find(SourceColumn column) {
        return Optional.ofNullable(
                switch (column.isBuiltIn() ? column.type() : "extension " + column.type()) {
                    case "bool" -> binary(Scalar.BOOLEAN, (bytes, at, length) -> bytes[at] != 0);
                    case "int2" -> binary(Scalar.INT, (bytes, at, length) -> (int) BigEndian.int2(bytes, at));
                    case "int4" -> binary(Scalar.INT, (bytes, at, length) -> BigEndian.int4(bytes, at));
                    case "int8" -> binary(Scalar.LONG, (bytes, at, length) -> BigEndian.int8(bytes, at));
                    case "oid" ->
                        binary(Scalar.LONG, (bytes, at, length) -> Integer.toUnsignedLong(BigEndian.int4(bytes, at)));
                    case "float4" ->
                        binary(Scalar.FLOAT, (bytes, at, length) -> Float.intBitsToFloat(BigEndian.int4(bytes, at)));
                    case "float8" ->
                        binary(
                                Scalar.DOUBLE,
                                (bytes, at, length) -> Double.longBitsToDouble(BigEndian.int8(bytes, at)));
                    case "money" ->
                        binary(
                                MONEY,
                                (bytes, at, length) -> BigDecimal.valueOf(BigEndian.int8(bytes, at), MONEY_DIGITS));
                    case "numeric" -> numeric(column.modifier()).orElse(null);
                    // The binary form of xml is its text without the declaration, as xml_out writes it.
                    case "text", "varchar", "bpchar", "json", "xml", "extension citext" ->
                        binary(Scalar.STRING, Texts::text);
                    case "jsonb" -> binary(Scalar.STRING, Texts::versioned);
                    case "uuid" -> binary(Scalar.STRING, Texts::uuid);
                    case "bytea" ->
                        binary(Scalar.BYTES, (bytes, at, length) -> Arrays.copyOfRange(bytes, at, at + length));
                    case "date" -> binary(Scalar.DATE, Times::date);
                    case "timestamp", "timestamptz" -> binary(Scalar.TIMESTAMP, Times::timestamp);
                    case "time" -> binary(Scalar.STRING, TimesOfDay::local);
                    case "timetz" -> binary(Scalar.STRING, TimesOfDay::zoned);
                    case "interval" -> binary(Scalar.STRING, Intervals::iso);
                    case "bit", "varbit" -> bits(column).orElse(null);
                    case "point" -> binary(Scalar.STRING, Points::point);
                    case "extension hstore" -> binary(Scalar.STRING, Hstores::json);
                    case "inet" -> new ColumnReader(Scalar.STRING, Form.INET, Texts::text);
                    case "cidr" -> new ColumnReader(Scalar.STRING, Form.CIDR, Texts::text);
                    case "char",
                            "macaddr",
                            "macaddr8",
                            "tsvector",
                            "extension ltree",
                            "int4range",
                            "int8range",
                            "numrange",
                            "tsrange",
                            "tstzrange",
                            "daterange" -> new ColumnReader(Scalar.STRING, Form.TEXT, Texts::text);
                    // Among them geometry, geography and vectors, which nobody could compare with Debezium's form here.
                    default -> null;
                });
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

    // One bit is a truth value. What "bit" without a number means to the driver, nobody declares.
    private static Optional<ColumnReader> bits(SourceColumn column) {
        if (column.modifier() == 1) {
            return Optional.of(binary(Scalar.BOOLEAN, Bits::bit));
        }
        return column.modifier() < 0 && column.type().equals("bit")
                ? Optional.empty()
                : Optional.of(binary(Scalar.BYTES, Bits::bits));
    }

    private static ColumnReader binary(ColumnType type, ValueReader values) {
        return new ColumnReader(type, Form.BINARY, values);
    }
}

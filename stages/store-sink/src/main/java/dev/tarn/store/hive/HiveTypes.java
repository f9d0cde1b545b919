package dev.tarn.store.hive;

import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;

/** Hive's names for the types of columns. */
final class HiveTypes {
    private HiveTypes() {}

    static String name(ColumnType type) {
        if (type instanceof ColumnType.Decimal decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof ColumnType.ListOf list) {
            return "array<" + name(list.element()) + ">";
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> "boolean";
            case INT -> "int";
            case LONG -> "bigint";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case STRING -> "string";
            case BYTES -> "binary";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
        };
    }
}

package dev.tarn.load.value;

import dev.tarn.load.value.ColumnReader.Form;
import dev.tarn.load.value.TextArrays.Nulls;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import java.util.Optional;

/** The readers of columns that hold arrays. */
final class ArrayTypes {
    private ArrayTypes() {}

    static ColumnReader ofEnumeration() {
        return text(Nulls.REFUSED);
    }

    static Optional<ColumnReader> find(SourceColumn column) {
        return switch (column.isBuiltIn() ? column.type() : "extension " + column.type()) {
            case "bool",
                    "int2",
                    "int4",
                    "int8",
                    "oid",
                    "float4",
                    "float8",
                    "numeric",
                    "text",
                    "varchar",
                    "bpchar",
                    "extension citext",
                    "json",
                    "jsonb",
                    "uuid",
                    "bytea" -> ScalarTypes.find(column).map(element -> binary(element.type(), element.values()));
            case "date" -> Optional.of(binary(Scalar.DATE, Times::dateInArray));
            case "timestamp" -> Optional.of(binary(Scalar.TIMESTAMP, Times::timestampInArray));
            case "timestamptz" -> Optional.of(binary(Scalar.TIMESTAMP, Times::zonedInArray));
            case "inet",
                    "cidr",
                    "macaddr",
                    "macaddr8",
                    "int4range",
                    "int8range",
                    "numrange",
                    "tsrange",
                    "tstzrange",
                    "daterange" -> Optional.of(text(Nulls.KEPT));
            case "extension ltree" -> Optional.of(text(Nulls.REFUSED));
            // Of times of a day in an array, Debezium cuts the fraction off; of tsvector[] it makes an error.
            default -> Optional.empty();
        };
    }

    private static ColumnReader binary(ColumnType element, ValueReader elements) {
        return new ColumnReader(new ListOf(element), Form.BINARY, new BinaryArrays(elements));
    }

    private static ColumnReader text(Nulls nulls) {
        return new ColumnReader(new ListOf(Scalar.STRING), Form.TEXT, new TextArrays(nulls));
    }
}

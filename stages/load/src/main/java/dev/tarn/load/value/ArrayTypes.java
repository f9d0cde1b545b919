package dev.tarn.load.value;

import dev.tarn.load.value.ColumnReader.Form;
import dev.tarn.load.value.TextArrays.Nulls;
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
                    "bytea",
                    "timestamp" ->
                ScalarTypes.find(column)
                        .map(element -> new ColumnReader(
                                new ListOf(element.type()), Form.BINARY, new BinaryArrays(element.values())));
            case "date" ->
                Optional.of(new ColumnReader(
                        new ListOf(Scalar.DATE), Form.BINARY, new BinaryArrays(Times::dateInArray)));
            case "timestamptz" ->
                Optional.of(new ColumnReader(
                        new ListOf(Scalar.TIMESTAMP), Form.BINARY, new BinaryArrays(Times::zonedInArray)));
            case "inet",
                    "cidr",
                    "macaddr",
                    "macaddr8",
                    "int4range",
                    "int8range",
                    "numrange",
                    "tsrange",
                    "tstzrange",
                    "daterange" ->
                Optional.of(text(Nulls.KEPT));
            case "extension ltree" -> Optional.of(text(Nulls.REFUSED));
            // Of times of a day in an array, Debezium cuts the fraction off; of tsvector[] it makes an error.
            default -> Optional.empty();
        };
    }

    private static ColumnReader text(Nulls nulls) {
        return new ColumnReader(new ListOf(Scalar.STRING), Form.TEXT, new TextArrays(nulls));
    }
}

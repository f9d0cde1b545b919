package dev.tarn.store.hudi;

import dev.tarn.store.Column;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The columns of a table as the Avro schema that Hudi keeps, named as Spark would name it, and back. */
final class AvroColumns {
    private AvroColumns() {}

    static Schema toAvro(String table, Columns columns) {
        String namespace = "hoodie." + table;
        String name = table + "_record";
        List<Schema.Field> fields = new ArrayList<>();
        for (Column column : columns.list()) {
            Schema type = toAvro(column.type(), namespace + "." + name + "." + column.name());
            fields.add(new Schema.Field(column.name(), nullable(type), null, JsonProperties.NULL_VALUE));
        }
        return Schema.createRecord(name, null, namespace, false, fields);
    }

    private static Schema nullable(Schema type) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    private static Schema toAvro(ColumnType type, String namespace) {
        if (type instanceof Decimal decimal) {
            Schema fixed = Schema.createFixed("fixed", null, namespace, bytesFor(decimal.precision()));
            return LogicalTypes.decimal(decimal.precision(), decimal.scale()).addToSchema(fixed);
        }
        if (type instanceof ListOf list) {
            return Schema.createArray(nullable(toAvro(list.element(), namespace)));
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case INT -> Schema.create(Schema.Type.INT);
            case LONG -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case STRING -> Schema.create(Schema.Type.STRING);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        };
    }

    /** The fewest bytes that hold every number of so many digits. */
    private static int bytesFor(int precision) {
        return java.math.BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
    }

    /** The columns of a schema that is in a table, without Hudi's own. */
    static Columns fromAvro(Schema schema) {
        List<Column> columns = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (!field.name().startsWith("_hoodie_")) {
                columns.add(new Column(field.name(), type(field.schema(), field.name())));
            }
        }
        return new Columns(columns);
    }

    private static ColumnType type(Schema schema, String column) {
        if (schema.isUnion()) {
            return type(
                    schema.getTypes().stream()
                            .filter(t -> t.getType() != Schema.Type.NULL)
                            .findFirst()
                            .orElseThrow(),
                    column);
        }
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return new Decimal(decimal.getPrecision(), decimal.getScale());
        }
        return switch (schema.getType()) {
            case BOOLEAN -> Scalar.BOOLEAN;
            case INT -> logical instanceof LogicalTypes.Date ? Scalar.DATE : Scalar.INT;
            case LONG -> logical instanceof LogicalTypes.TimestampMicros ? Scalar.TIMESTAMP : Scalar.LONG;
            case FLOAT -> Scalar.FLOAT;
            case DOUBLE -> Scalar.DOUBLE;
            case STRING -> Scalar.STRING;
            case BYTES -> Scalar.BYTES;
            case ARRAY -> new ListOf(type(schema.getElementType(), column));
            default -> throw new IllegalArgumentException("column '" + column + "' is " + schema);
        };
    }
}

package dev.tarn.processes.engine.streams;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Makes a schema of Avro from the columns of a result. */
final class OutputSchemas {
    private OutputSchemas() {}

    /** @param subject from which the record has its name */
    static Schema of(StructType type, String subject) {
        List<Schema.Field> fields = new ArrayList<>();
        for (StructField field : type.fields()) {
            Schema plain = plain(field);
            Schema schema = field.nullable() ? Schema.createUnion(Schema.create(Schema.Type.NULL), plain) : plain;
            @Nullable Object absent = field.nullable() ? JsonProperties.NULL_VALUE : null;
            fields.add(new Schema.Field(field.name(), schema, null, absent));
        }
        return Schema.createRecord(recordName(subject), null, "tarn.streams", false, fields);
    }

    private static Schema plain(StructField field) {
        if (field.dataType() instanceof DecimalType decimal) {
            // Spark would write bytes of a fixed length, which readers know less well.
            return LogicalTypes.decimal(decimal.precision(), decimal.scale())
                    .addToSchema(Schema.create(Schema.Type.BYTES));
        }
        return SchemaConverters.toAvroType(field.dataType(), false, field.name(), "tarn.streams");
    }

    private static String recordName(String subject) {
        String name = subject.replaceAll("\\W", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}

package dev.tarn.processes.engine.streams;

import org.apache.avro.Schema;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.types.StructType;

/** Avro's schemas as Spark's types. */
final class AvroSchemas {
    private AvroSchemas() {}

    /** @throws org.apache.avro.AvroRuntimeException if it is none */
    static Schema parse(String json) {
        // Debezium writes defaults that a strict reader refuses.
        return new Schema.Parser().setValidateDefaults(false).parse(json);
    }

    /** @throws IllegalArgumentException if it is not of a record */
    static StructType type(Schema schema) {
        if (SchemaConverters.toSqlType(schema).dataType() instanceof StructType type
                && schema.getType() == Schema.Type.RECORD) {
            return type;
        }
        throw new IllegalArgumentException(
                "it is a schema of type " + schema.getType().getName() + ", and events are records");
    }
}

package dev.tarn.collect.raw;

import org.apache.avro.Schema;

/** What the registry says of a schema id. */
sealed interface WriterSchema {
    /** The schema that the producer wrote with. */
    record Known(Schema schema) implements WriterSchema {}

    /** There is no Avro schema of this id. */
    record Unknown(String reason) implements WriterSchema {}
}

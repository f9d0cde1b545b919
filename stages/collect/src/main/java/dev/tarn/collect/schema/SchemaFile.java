package dev.tarn.collect.schema;

import org.apache.avro.Schema;

/**
 * A schema that lies in {@code schemas/}.
 *
 * @param subject the file's name without {@code .avsc}
 * @param path relative to the lake directory
 */
record SchemaFile(String subject, String path, Schema schema) {
    /** As it is registered: without the line ends and indents of the file. */
    String text() {
        return schema.toString();
    }
}

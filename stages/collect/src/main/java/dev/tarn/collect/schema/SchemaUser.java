package dev.tarn.collect.schema;

/**
 * Who works with a subject.
 *
 * @param kind {@code stream}, {@code model} or {@code table}
 * @param where a file, or what fills the table
 */
public record SchemaUser(String kind, String name, String where) {}

package dev.tarn.collect.schema;

/**
 * A version of a subject.
 *
 * @param version from 1 on
 * @param id what records carry in their first five bytes
 * @param text as JSON
 */
public record RegisteredSchema(String subject, int version, int id, String text) {}

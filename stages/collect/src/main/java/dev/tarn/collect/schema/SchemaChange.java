package dev.tarn.collect.schema;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two schemas.
 *
 * @param path of the field, such as {@code address.city}; empty for the schema as a whole
 * @param kind {@code added}, {@code removed} or {@code changed}
 * @param before null for what was added
 * @param after null for what was removed
 */
public record SchemaChange(
        String path,
        String kind,
        @Nullable String before,
        @Nullable String after) {}

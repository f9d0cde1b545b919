package dev.tarn.load.value;

/**
 * A column of the source.
 *
 * @param name as the database has it
 * @param declared its type for people, such as {@code numeric(12,2)}
 * @param type the type's name in pg_type, below domains and below an array
 * @param kind pg_type.typtype of that: b for a base type, e for an enumeration, c for a composite, r for a range
 * @param isArray whether the column holds arrays of it
 * @param isBuiltIn whether that type came with PostgreSQL itself
 * @param modifier pg_attribute.atttypmod below domains, -1 for none
 */
public record SourceColumn(
        String name, String declared, String type, String kind, boolean isArray, boolean isBuiltIn, int modifier) {}

/**
 * Schemas of topics and files: those that lie in {@code schemas/} as {@code .avsc} files, those that the registry knows,
 * and what lies between the two. A file is named after its subject: {@code sales-value.avsc} and {@code sales-key.avsc}
 * are those of topic {@code sales}. The registry decides what is compatible; why not is told by Avro where it is silent.
 */
@NullMarked
package dev.tarn.collect.schema;

import org.jspecify.annotations.NullMarked;

/**
 * How changes become Avro bytes with a schema in the registry, and how they are read again: what every record passes
 * once for each that writes and each that reads it.
 */
@NullMarked
package dev.tarn.processes.collect.avro;

import org.jspecify.annotations.NullMarked;

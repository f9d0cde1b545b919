/**
 * The raw sink: a Kafka Connect sink that keeps topics as Avro object files, byte for byte as the producer encoded them.
 * {@link dev.tarn.collect.raw.RawSinkTask} speaks with Connect, {@link dev.tarn.collect.raw.RawPartition} holds the rule
 * that makes each record be in exactly one finished file. docs/guide/raw-objects.md describes the files.
 */
@NullMarked
package dev.tarn.collect.raw;

import org.jspecify.annotations.NullMarked;

/**
 * Streams: queries over events of topics, which Spark's Structured Streaming runs, and the same queries as batches. An
 * event is decoded by the schema that its id names; one that does not decode goes to quarantine, and the stream goes on.
 */
@NullMarked
package dev.tarn.processes.engine.streams;

import org.jspecify.annotations.NullMarked;

/**
 * What became of rows over time: every version of one row, found in base files and logs with Hudi's own readers, and what
 * differs between two moments of a table, compared by Spark.
 */
@NullMarked
package dev.tarn.processes.engine.history;

import org.jspecify.annotations.NullMarked;

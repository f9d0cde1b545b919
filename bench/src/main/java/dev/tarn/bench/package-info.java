/**
 * Measures how fast a lake is and how big. {@link dev.tarn.bench.Changes} and {@link dev.tarn.bench.Freshness} make a
 * lake of their own and drive it as a user would, through the command, JDBC, HTTP and SQL;
 * {@link dev.tarn.bench.WriterBench} measures the writer of tables alone. Each prints one JSON object, and none counts a
 * figure whose table does not equal its source in the end.
 */
@NullMarked
package dev.tarn.bench;

import org.jspecify.annotations.NullMarked;

/**
 * The fast engine: queries of one machine's tables on DuckDB. Spark says what a query means, and DuckDB runs what both take to
 * mean the same.
 */
@NullMarked
package dev.tarn.processes.engine.duckdb;

import org.jspecify.annotations.NullMarked;

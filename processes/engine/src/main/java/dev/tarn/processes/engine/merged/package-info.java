/**
 * Slices of merge-on-read tables, their logs merged by Hudi's own reader into Parquet files for readers that know Parquet alone.
 * The files are kept in one folder as long as there is room, so that only slices with new commits are merged again.
 */
@NullMarked
package dev.tarn.processes.engine.merged;

import org.jspecify.annotations.NullMarked;

/**
 * Logs of merge-on-read tables for readers that know Parquet alone: Hudi's own reader makes one Parquet file of what a slice's
 * logs say, to be read beside its base file, or of all that the slice holds where versions of a row are merged in another way than
 * by the last commit. The files are kept in one folder as long as there is room, so that only slices with new commits are read
 * again.
 */
@NullMarked
package dev.tarn.processes.engine.merged;

import org.jspecify.annotations.NullMarked;

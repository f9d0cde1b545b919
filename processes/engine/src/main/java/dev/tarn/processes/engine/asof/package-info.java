/**
 * Moments at which users look at tables: what they write, and which states of tables show them, by the times
 * of their source. What a table can no longer show is refused rather than shown in part.
 */
@NullMarked
package dev.tarn.processes.engine.asof;

import org.jspecify.annotations.NullMarked;

/**
 * Moments at which users look at tables: what they write, and which commit of a table was the newest that readers saw
 * then. What a table can no longer show is refused rather than shown in part.
 */
@NullMarked
package dev.tarn.processes.engine.asof;

import org.jspecify.annotations.NullMarked;

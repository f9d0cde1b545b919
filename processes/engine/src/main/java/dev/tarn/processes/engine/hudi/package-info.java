/**
 * Hudi tables as they lie on storage: what their timelines say, which files hold their rows, and how far they reach in
 * their source. It only reads; the one file that it writes asks the table's writer for a compaction.
 */
@NullMarked
package dev.tarn.processes.engine.hudi;

import org.jspecify.annotations.NullMarked;

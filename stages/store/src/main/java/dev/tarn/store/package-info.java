/**
 * Tables of the lake, without naming an engine: what a table is, what a change is, and the writer that turns batches of
 * changes into commits. Everything that a Connect sink or a bulk loader needs is here; how a table lies on storage is
 * the adapter's business ({@code dev.tarn.store.hudi}).
 */
@NullMarked
package dev.tarn.store;

import org.jspecify.annotations.NullMarked;

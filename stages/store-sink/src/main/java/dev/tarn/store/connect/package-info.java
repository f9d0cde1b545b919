/**
 * The Kafka Connect sink that keeps one table of the lake in step with one topic of changes. The task turns Connect's
 * records into changes and decides when to commit; the table's writer does the rest and remembers, in each commit, how
 * far it has read. Connect's own consumer offsets only follow.
 */
@NullMarked
package dev.tarn.store.connect;

import org.jspecify.annotations.NullMarked;

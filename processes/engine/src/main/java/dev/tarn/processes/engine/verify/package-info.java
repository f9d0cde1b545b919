/**
 * The lake's side of comparing a table with its source: rows in the form that both sides share, hashed where they are
 * read. It alone sees a class of ours that is not of this process, {@code dev.tarn.analyze.verify}: a form of which there
 * were two would prove nothing.
 */
@NullMarked
package dev.tarn.processes.engine.verify;

import org.jspecify.annotations.NullMarked;

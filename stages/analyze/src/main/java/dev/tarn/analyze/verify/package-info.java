/**
 * Proves that a table of the lake holds what its source holds. {@link dev.tarn.analyze.verify.ColumnForm} is the one form
 * that both sides give a value, the text that PostgreSQL writes for it;
 * {@link dev.tarn.analyze.verify.CanonicalRow} hashes rows of such values, {@link dev.tarn.analyze.verify.RangeSums} adds
 * the hashes up, and {@link dev.tarn.analyze.verify.TableComparison} narrows what differs down to rows and asks again
 * until each is settled. JDK alone: it runs in the server and, for the lake's side, inside the engine.
 */
@NullMarked
package dev.tarn.analyze.verify;

import org.jspecify.annotations.NullMarked;

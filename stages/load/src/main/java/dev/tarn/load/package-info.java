/**
 * The first copy of a table: all of its rows as they are at one moment, read over several connections at once. Rows come in
 * the form in which the lake sink would have got them from Debezium, so that the changes that Debezium streams later fit.
 * {@link dev.tarn.load.TableCopy} is the door; a table that it cannot read so is refused, and left to Debezium.
 */
@NullMarked
package dev.tarn.load;

import org.jspecify.annotations.NullMarked;

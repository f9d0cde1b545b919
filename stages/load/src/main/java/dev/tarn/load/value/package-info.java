/**
 * Which column of the lake a column of PostgreSQL becomes, and how a value gets there from the bytes of a binary COPY. Each
 * form is that of Debezium's snapshot under the settings of our connector; what is not known for certain has no reader.
 */
@NullMarked
package dev.tarn.load.value;

import org.jspecify.annotations.NullMarked;

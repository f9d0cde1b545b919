/**
 * PostgreSQL as this module needs it: a connection whose settings decide the form of values, what the catalog says of a
 * table, and COPY row by row. All of it throws SQLException; whoever calls finds the words.
 */
@NullMarked
package dev.tarn.load.postgres;

import org.jspecify.annotations.NullMarked;

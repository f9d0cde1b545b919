/**
 * Reads a table of PostgreSQL row by row, in a snapshot, with its values in the form in which they are compared.
 * {@link dev.tarn.analyze.postgres.PostgresTable} is what is known of it, {@link dev.tarn.analyze.postgres.PostgresRows}
 * its rows.
 */
@NullMarked
package dev.tarn.analyze.postgres;

import org.jspecify.annotations.NullMarked;

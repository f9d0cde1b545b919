/**
 * The embedded PostgreSQL: the sample source. Its own programs run as a child process; this package unpacks them, makes
 * the data directory and speaks JDBC to see whether it serves.
 */
@NullMarked
package dev.tarn.services.postgres;

import org.jspecify.annotations.NullMarked;

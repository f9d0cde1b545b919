/**
 * A source's PostgreSQL over JDBC: what tables it has, whether changes can be read from it, how far the reading is, and
 * statements that a user runs against it.
 */
@NullMarked
package dev.tarn.collect.postgres;

import org.jspecify.annotations.NullMarked;

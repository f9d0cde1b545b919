/** Copies of tables of a real PostgreSQL. */
@NullMarked
package dev.tarn.load;

import org.jspecify.annotations.NullMarked;

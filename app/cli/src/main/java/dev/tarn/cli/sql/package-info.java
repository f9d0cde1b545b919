/**
 * SQL as users write it: a script is cut into its statements here, and what a statement gave is printed. What the words
 * mean, the engine alone knows.
 */
@NullMarked
package dev.tarn.cli.sql;

import org.jspecify.annotations.NullMarked;

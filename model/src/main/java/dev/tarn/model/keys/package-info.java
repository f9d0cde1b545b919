/** The form of record keys, which who writes a table and who looks for a row in it must make alike. Of the JDK alone. */
@NullMarked
package dev.tarn.model.keys;

import org.jspecify.annotations.NullMarked;

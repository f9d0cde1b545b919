/** Forms of values that need no database. */
@NullMarked
package dev.tarn.load.value;

import org.jspecify.annotations.NullMarked;

/** The key index by itself. */
@NullMarked
package dev.tarn.store.index;

import org.jspecify.annotations.NullMarked;

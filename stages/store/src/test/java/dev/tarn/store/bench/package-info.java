/** Measures the writer alone. Moves under bench/ once there is one. */
@NullMarked
package dev.tarn.store.bench;

import org.jspecify.annotations.NullMarked;

/** Sales of a video rental: made up, and the same on every machine. */
@NullMarked
package dev.tarn.generate.rentals;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.tarn.testing.gate;

import org.jspecify.annotations.NullMarked;

/** Tests of the engine's service. */
@NullMarked
package dev.tarn.services.spark;

import org.jspecify.annotations.NullMarked;

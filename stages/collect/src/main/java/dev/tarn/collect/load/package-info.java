/** Rows that a source has before its changes are followed: which way they go, and how the sinks are asked to read them. */
@NullMarked
package dev.tarn.collect.load;

import org.jspecify.annotations.NullMarked;

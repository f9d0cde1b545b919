/**
 * Sources in words of their own: the tables that a database has, which of them flow into the lake and how, and what
 * keeps them from it. Nothing here does I/O; {@link dev.tarn.collect.CapturePlan} decides from what it is given.
 */
@NullMarked
package dev.tarn.collect;

import org.jspecify.annotations.NullMarked;

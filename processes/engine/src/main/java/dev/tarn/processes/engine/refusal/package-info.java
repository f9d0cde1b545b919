/**
 * How a part of the engine says no: with the HTTP status, a code for scripts and words for people. A package of its own,
 * since all others use it.
 */
@NullMarked
package dev.tarn.processes.engine.refusal;

import org.jspecify.annotations.NullMarked;

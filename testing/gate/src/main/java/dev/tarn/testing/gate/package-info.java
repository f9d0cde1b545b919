/**
 * What the gate costs, and what failed in it. {@link dev.tarn.testing.gate.TimedTests} sits in the JVM of every module's
 * tests and notes what each class took; {@link dev.tarn.testing.gate.GateReport} reads the notes of a run and prints the
 * slowest classes, the sum of each module, and how to repeat what failed. {@link dev.tarn.testing.gate.FullRuns} keeps
 * {@code docs/full-runs.md}. JDK only, apart from the interface of the listener, so that it runs beside any class path.
 */
@NullMarked
package dev.tarn.testing.gate;

import org.jspecify.annotations.NullMarked;

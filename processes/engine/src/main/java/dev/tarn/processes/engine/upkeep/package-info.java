/**
 * How well a table is kept, counted from its timeline and files: what writing it costs, how its files lie, what the past
 * takes, which commits are kept. And the way in which its one writer is asked to do something about that.
 */
@NullMarked
package dev.tarn.processes.engine.upkeep;

import org.jspecify.annotations.NullMarked;

/**
 * What Debezium lacks for us, in its own plugin folder, found by the names in a connector's settings: a task that reads on
 * without a gap, marks of what rows do not tell, and a converter for points in time.
 */
@NullMarked
package dev.tarn.processes.collect.debezium;

import org.jspecify.annotations.NullMarked;

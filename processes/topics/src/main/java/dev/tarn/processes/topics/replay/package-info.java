/** Publishes a file as a stream of events, in the order of the file, and goes on where an earlier run was cut off: every event
 * says in a header which row it is. */
@NullMarked
package dev.tarn.processes.topics.replay;

import org.jspecify.annotations.NullMarked;

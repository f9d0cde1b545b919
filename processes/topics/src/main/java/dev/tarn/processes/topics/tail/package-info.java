/** Shows topics: which there are, and the last events of one. */
@NullMarked
package dev.tarn.processes.topics.tail;

import org.jspecify.annotations.NullMarked;

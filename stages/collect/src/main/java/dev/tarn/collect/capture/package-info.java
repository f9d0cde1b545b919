/**
 * The work of collecting: one thread looks at the sources' databases and at Kafka Connect every two seconds, brings what
 * runs in line with what the settings ask for, and knows the state of each source.
 */
@NullMarked
package dev.tarn.collect.capture;

import org.jspecify.annotations.NullMarked;

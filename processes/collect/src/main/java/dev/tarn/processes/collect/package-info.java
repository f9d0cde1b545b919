/**
 * The program of the collect process: a Kafka broker (KRaft, one node) and a Kafka Connect worker in one JVM. It reads
 * the property files that the server writes and runs until it gets a signal; it decides nothing itself.
 */
@NullMarked
package dev.tarn.processes.collect;

import org.jspecify.annotations.NullMarked;

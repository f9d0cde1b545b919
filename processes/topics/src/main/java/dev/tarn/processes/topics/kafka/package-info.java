/** Kafka as this process needs it: its clients with the lake's own options, topics by name, and what their errors mean to a person. */
@NullMarked
package dev.tarn.processes.topics.kafka;

import org.jspecify.annotations.NullMarked;

/** Between text and bytes: values of a file's columns by the types of an Avro schema, events in Avro's wire form or as JSON, and
 * what is in a topic as JSON again. */
@NullMarked
package dev.tarn.processes.topics.event;

import org.jspecify.annotations.NullMarked;

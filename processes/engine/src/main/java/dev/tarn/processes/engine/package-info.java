/**
 * The program of the engine process: Spark with a Thrift Server, and a Hive Metastore unless one runs elsewhere, in one
 * JVM. It reads the property file that the server writes and runs until it gets a signal.
 */
@NullMarked
package dev.tarn.processes.engine;

import org.jspecify.annotations.NullMarked;

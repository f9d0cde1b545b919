/**
 * Keeps SQL from changing tables that mirror a source: a check rule of Spark's analyzer, so that the Thrift Server
 * refuses what the API refuses. Whatever command is not known to read only is taken to change what it names.
 */
@NullMarked
package dev.tarn.processes.engine.mirror;

import org.jspecify.annotations.NullMarked;

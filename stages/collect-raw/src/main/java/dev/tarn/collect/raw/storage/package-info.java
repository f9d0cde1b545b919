/**
 * Where raw object files go: a directory, or an object store through Hadoop's file systems. Hadoop is not part of the
 * download, so only {@link dev.tarn.collect.raw.storage.HadoopStore} names it and only its use loads it.
 */
@NullMarked
package dev.tarn.collect.raw.storage;

import org.jspecify.annotations.NullMarked;

/**
 * The engine process: Spark, Hive Metastore and Thrift Server in one JVM. This package writes its settings; the code runs
 * in {@code processes/engine}.
 */
@NullMarked
package dev.tarn.services.spark;

import org.jspecify.annotations.NullMarked;

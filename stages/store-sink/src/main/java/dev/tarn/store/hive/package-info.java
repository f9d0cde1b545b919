/**
 * Keeps the tables of the lake known in a Hive Metastore, in the form in which Spark, Hive, Presto and Trino expect Hudi
 * tables. It speaks the metastore's own Thrift interface, so no Hive client is needed. A metastore that cannot be
 * reached delays what it knows, never a commit.
 */
@NullMarked
package dev.tarn.store.hive;

import org.jspecify.annotations.NullMarked;

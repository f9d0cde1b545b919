/**
 * What Debezium is told: the settings of the connector that reads one database. Pure functions of the settings and of
 * what the database holds; Debezium itself runs in the collect process.
 */
@NullMarked
package dev.tarn.collect.debezium;

import org.jspecify.annotations.NullMarked;

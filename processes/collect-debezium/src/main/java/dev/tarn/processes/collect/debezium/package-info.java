/**
 * What Debezium lacks for us, in its own plugin folder: a converter for points in time. Debezium finds it by the name in
 * a connector's settings.
 */
@NullMarked
package dev.tarn.processes.collect.debezium;

import org.jspecify.annotations.NullMarked;

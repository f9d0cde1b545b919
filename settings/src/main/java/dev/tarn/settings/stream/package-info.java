/**
 * The settings of streams: what reads events from topics, runs one SQL statement over them and writes what it gives, one
 * file {@code streams/*.yaml} each.
 */
@NullMarked
package dev.tarn.settings.stream;

import org.jspecify.annotations.NullMarked;

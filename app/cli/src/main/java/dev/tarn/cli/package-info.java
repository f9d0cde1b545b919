/**
 * The command {@code tarn}: one class a command, each a few lines over {@code lake}, {@code server} and
 * {@code terminal}. To add a noun, write its class and name it in {@link dev.tarn.cli.Commands}.
 */
@NullMarked
package dev.tarn.cli;

import org.jspecify.annotations.NullMarked;

/**
 * What {@code tarn demo} shows on the museum lake, step by step. Each step changes real rows in the source, looks at the
 * lake until it shows them, and fails the demo when it does not: the demo is also a check of the installation.
 */
@NullMarked
package dev.tarn.cli.demo;

import org.jspecify.annotations.NullMarked;

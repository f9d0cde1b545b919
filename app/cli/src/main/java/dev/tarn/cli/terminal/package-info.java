/**
 * What the user sees: data on standard output as table, JSON or CSV; words and progress on standard error. Colours and
 * moving lines appear only where a terminal shows them. Nothing here knows a lake.
 */
@NullMarked
package dev.tarn.cli.terminal;

import org.jspecify.annotations.NullMarked;

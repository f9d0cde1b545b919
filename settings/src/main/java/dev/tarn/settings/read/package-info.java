/**
 * How a settings file is read: YAML with the line of every value, and checks that note a problem and go on. Nothing
 * here throws for what a user wrote; {@link dev.tarn.settings.read.Problems} gathers it, and the caller fails once, at
 * the end, with all of it. Readers of other files of a lake directory are welcome to it.
 */
@NullMarked
package dev.tarn.settings.read;

import org.jspecify.annotations.NullMarked;

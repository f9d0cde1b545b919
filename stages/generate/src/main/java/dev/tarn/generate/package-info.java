/**
 * The sample lakes: the files of a lake directory that shows what Tarn does. The command has this package on its class
 * path, so it stays tiny and needs the JDK alone.
 */
@NullMarked
package dev.tarn.generate;

import org.jspecify.annotations.NullMarked;

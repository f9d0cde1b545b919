/** The shell of SQL on a terminal, with JLine, whose classes are loaded only when a shell starts. */
@NullMarked
package dev.tarn.cli.shell;

import org.jspecify.annotations.NullMarked;

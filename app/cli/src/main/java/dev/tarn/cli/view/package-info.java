/**
 * How people read what the server says of the past of tables, and of tables compared with their sources: the commands print
 * it, and the demo.
 */
@NullMarked
package dev.tarn.cli.view;

import org.jspecify.annotations.NullMarked;

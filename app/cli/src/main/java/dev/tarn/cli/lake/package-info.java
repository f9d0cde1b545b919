/** A lake directory as it lies on the disk: where its files are, what its logs say. Nothing here needs a running lake. */
@NullMarked
package dev.tarn.cli.lake;

import org.jspecify.annotations.NullMarked;

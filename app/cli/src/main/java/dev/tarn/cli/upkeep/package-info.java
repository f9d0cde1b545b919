/** The commands that look after tables as a whole: statistics, cleaning, clustering, savepoints, and going back to one. */
@NullMarked
package dev.tarn.cli.upkeep;

import org.jspecify.annotations.NullMarked;

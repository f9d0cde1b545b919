/** What a replay's options say, as times and rates. */
@NullMarked
package dev.tarn.cli.replay;

import org.jspecify.annotations.NullMarked;

/** What parts of the engine remember, for as long as there is room. A package of its own, since several use it. */
@NullMarked
package dev.tarn.processes.engine.recent;

import org.jspecify.annotations.NullMarked;

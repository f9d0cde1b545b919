/** What every writer of tables must hold to, apart from any engine. */
@NullMarked
package dev.tarn.store;

import org.jspecify.annotations.NullMarked;

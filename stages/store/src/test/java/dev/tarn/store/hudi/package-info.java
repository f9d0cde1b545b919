/** The Hudi writer against the contract, read back by Hudi's own reader. */
@NullMarked
package dev.tarn.store.hudi;

import org.jspecify.annotations.NullMarked;

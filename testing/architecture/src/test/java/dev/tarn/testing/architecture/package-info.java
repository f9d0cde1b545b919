/** The rules of ARCHITECTURE.md as tests. When one fails, its message says what to do instead. */
@NullMarked
package dev.tarn.testing.architecture;

import org.jspecify.annotations.NullMarked;

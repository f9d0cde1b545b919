@NullMarked
package dev.tarn.analyze.postgres;

import org.jspecify.annotations.NullMarked;

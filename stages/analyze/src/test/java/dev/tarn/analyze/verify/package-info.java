@NullMarked
package dev.tarn.analyze.verify;

import org.jspecify.annotations.NullMarked;

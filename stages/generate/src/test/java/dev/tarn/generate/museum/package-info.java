@NullMarked
package dev.tarn.generate.museum;

import org.jspecify.annotations.NullMarked;

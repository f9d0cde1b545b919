@NullMarked
package dev.tarn.collect.raw;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.tarn.collect.raw.storage;

import org.jspecify.annotations.NullMarked;

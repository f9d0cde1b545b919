/**
 * The words that modules exchange. Records, sealed types and the one exception that a user may see; nothing here does
 * I/O, and nothing here knows an engine. Put a type here only when two modules need it.
 */
@NullMarked
package dev.tarn.model;

import org.jspecify.annotations.NullMarked;

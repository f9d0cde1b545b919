/**
 * The global index: for each key of a table the file group that holds its row and the position of its last change. Held
 * in compact arrays in memory, beyond a budget in RocksDB. It is never the truth: it can be rebuilt from the table at any
 * time, and it changes only after a commit has succeeded, so a failed commit needs no undoing here.
 */
@NullMarked
package dev.tarn.store.index;

import org.jspecify.annotations.NullMarked;

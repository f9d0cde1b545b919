/**
 * Tables in Apache Hudi, written with Hudi's own file handles and Java client, without Spark. What is Tarn's own here is
 * the way around them: the writer decides every conflict against its global index before Hudi sees a row, knows all
 * latest files without listing folders, and writes file groups side by side. So the time of a commit depends on its
 * changes, not on the age of the table.
 */
@NullMarked
package dev.tarn.store.hudi;

import org.jspecify.annotations.NullMarked;

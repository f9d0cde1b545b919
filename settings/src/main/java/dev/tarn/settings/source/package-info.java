/**
 * The settings of sources: a database and its tables that flow into the lake, one file {@code sources/*.yaml} each.
 * {@link dev.tarn.settings.source.SourceSettings#find} says which entry a table of the database belongs to.
 */
@NullMarked
package dev.tarn.settings.source;

import org.jspecify.annotations.NullMarked;

/**
 * What can be asked of the one writer of a table besides writing: to compact, clean, cluster, keep and restore it. A
 * {@link dev.tarn.store.upkeep.UpkeepRequest} is answered with an {@link dev.tarn.store.upkeep.UpkeepReport}, or refused
 * with a {@link dev.tarn.model.TarnException} of kind USER.
 */
@NullMarked
package dev.tarn.store.upkeep;

import org.jspecify.annotations.NullMarked;

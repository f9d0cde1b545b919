/**
 * The data of the museum example: {@link dev.tarn.generate.museum.MuseumData} makes it up, in any size and the same each
 * time; {@link dev.tarn.generate.museum.MuseumFiles} reads files of the same shape. Both are a
 * {@link dev.tarn.generate.museum.Museum}, which {@link dev.tarn.generate.museum.MuseumLoad} puts into a PostgreSQL that
 * its caller speaks with. The words are invented; where a shape follows the collection data of the Museum of Modern Art,
 * only its proportions do.
 */
@NullMarked
package dev.tarn.generate.museum;

import org.jspecify.annotations.NullMarked;

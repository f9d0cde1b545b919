package dev.tarn.generate.museum;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A museum that is made up: each row follows from the seed and its own number alone, so the same seed gives the same rows
 * on each machine, and a bigger museum begins with the rows of a smaller one as far as artists go. Every artwork is by one
 * of the artists.
 */
public final class MuseumData implements Museum {
    private static final long MOST = 30_000_000;

    private final long seed;
    private final long artists;
    private final long artworks;

    /**
     * @param seed any number
     * @param artists 0 to 30 million
     * @param artworks 0 to 30 million; none if there are no artists
     */
    public MuseumData(long seed, long artists, long artworks) {
        requireCount("artists", artists);
        requireCount("artworks", artworks);
        if (artists == 0 && artworks > 0) {
            throw new IllegalArgumentException("Cannot make " + artworks
                    + " artworks: there are 0 artists to make them. Ask for 1 artist or more.");
        }
        this.seed = seed;
        this.artists = artists;
        this.artworks = artworks;
    }

    private static void requireCount(String what, long count) {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException(
                    "Cannot make " + count + " " + what + ": ask for 0 to " + MOST + ", as many as ids go round.");
        }
    }

    @Override
    public long count(MuseumTable table) {
        return table == MuseumTable.ARTISTS ? artists : artworks;
    }

    @Override
    public Rows open(MuseumTable table) {
        ArtworkMaker artworkMaker = new ArtworkMaker(seed, artists);
        return new Counted(
                count(table),
                table == MuseumTable.ARTISTS
                        ? number -> new ArtistMaker(seed).make(number).toRow()
                        : artworkMaker::make);
    }

    private static final class Counted implements Rows {
        private final long count;
        private final LongFunction<Row> rows;
        private long next;

        Counted(long count, LongFunction<Row> rows) {
            this.count = count;
            this.rows = rows;
        }

        @Override
        public @Nullable Row next() {
            return next < count ? rows.apply(next++) : null;
        }

        @Override
        public void close() {}
    }
}

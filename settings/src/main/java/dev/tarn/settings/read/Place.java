package dev.tarn.settings.read;

import java.util.Comparator;

/**
 * Where a value stands.
 *
 * @param file relative to the lake directory, such as {@code sources/moma.yaml}
 * @param line counted from 1; 0 means the file as a whole
 */
public record Place(String file, int line) implements Comparable<Place> {
    private static final Comparator<Place> READING_ORDER =
            Comparator.comparing(Place::file).thenComparing(Place::line);

    @Override
    public int compareTo(Place other) {
        return READING_ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + " line " + line;
    }
}

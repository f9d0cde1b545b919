package dev.tarn.generate.museum;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An artist who was made up. */
record Artist(
        int id,
        String name,
        @Nullable String nationality,
        @Nullable String gender,
        @Nullable Integer birthYear,
        @Nullable Integer deathYear,
        int worksFrom) {
    Row toRow() {
        return new Row(
                Arrays.asList(Integer.toString(id), name, nationality, gender, text(birthYear), text(deathYear)));
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }
}

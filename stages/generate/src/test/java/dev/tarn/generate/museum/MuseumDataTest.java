package dev.tarn.generate.museum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MuseumDataTest {
    private final Museum museum = new MuseumData(42, 1000, 5000);

    @Test
    void sameSeedGivesTheSameRowsOnEveryMachine() throws Exception {
        assertThat(hash(museum)).isEqualTo(hash(new MuseumData(42, 1000, 5000)));
        assertThat(hash(museum)).isEqualTo("74dadcebbbfa16ecce72153a92482b3ba0fbdf060b0aa279870c5b5943a50a2a");
        assertThat(hash(new MuseumData(43, 1000, 5000))).isNotEqualTo(hash(museum));
    }

    @ParameterizedTest
    @EnumSource
    void everyRowFitsItsTable(MuseumTable table) throws IOException {
        for (Row row : rows(museum, table)) {
            assertThat(FileRowsTest.parse(table, row.toLine())).isEqualTo(row);
        }
    }

    @Test
    void everyArtworkIsByOneOfTheArtistsAndCarriesTheName() throws IOException {
        Map<@Nullable String, @Nullable String> names = new HashMap<>();
        rows(museum, MuseumTable.ARTISTS)
                .forEach(row -> names.put(row.values().get(0), row.values().get(1)));

        assertThat(names).hasSize(1000);
        assertThat(rows(museum, MuseumTable.ARTWORKS))
                .allSatisfy(row -> assertThat(row.values().get(3))
                        .isNotNull()
                        .isEqualTo(names.get(row.values().get(2))));
        Set<@Nullable String> ids = new HashSet<>();
        rows(museum, MuseumTable.ARTWORKS).forEach(row -> ids.add(row.values().get(0)));
        assertThat(ids).hasSize(5000);
    }

    @Test
    void proportionsAreTheMuseums() throws IOException {
        List<Row> artists = rows(museum, MuseumTable.ARTISTS);
        List<Row> artworks = rows(museum, MuseumTable.ARTWORKS);

        assertThat(count(artists, 2, "American")).isBetween(300, 410);
        assertThat(count(artists, 2, null)).isBetween(110, 180);
        assertThat(count(artists, 3, "Female")).isBetween(100, 190);
        assertThat(count(artists, 5, null)).isBetween(520, 760);
        assertThat(count(artworks, 1, "Untitled")).isBetween(200, 360);
        assertThat(count(artworks, 4, null)).isBetween(1650, 2050);
        assertThat(count(artworks, 10, "Prints & Illustrated Books")).isBetween(1900, 2250);
        assertThat(count(artworks, 11, "Photograph")).isBetween(1000, 1230);
        assertThat(count(artworks, 15, null)).isBetween(600, 1500);
        assertThat(count(artworks, 20, null)).isBetween(4750, 4950);
        assertThat(artworks)
                .anySatisfy(row -> assertThat(row.values().get(15)).matches("\\d+\\.\\d{4}"))
                .anySatisfy(row -> assertThat(row.values().get(15)).matches("\\d+\\.\\d{10}"))
                .anySatisfy(row -> assertThat(row.values().get(1)).hasSizeGreaterThan(120))
                .anySatisfy(row -> assertThat(row.values().get(3)).matches(".*[^\\x00-\\x7f].*"))
                .anySatisfy(row -> assertThat(row.values().get(8)).contains("|"))
                .anySatisfy(row -> assertThat(row.values().get(7)).isEqualTo("1964-10-06"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "1, 1", "3, 100"})
    void smallMuseumsHaveAsManyRowsAsAskedFor(int artists, int artworks) throws IOException {
        Museum small = new MuseumData(1, artists, artworks);

        assertThat(rows(small, MuseumTable.ARTISTS)).hasSize(artists);
        assertThat(rows(small, MuseumTable.ARTWORKS)).hasSize(artworks);
        assertThat(small.count(MuseumTable.ARTWORKS)).isEqualTo(artworks);
    }

    @Test
    void millionArtworksTakeNoMemory() throws IOException {
        Museum big = new MuseumData(7, 100_000, 1_000_000);
        long before = usedMemory();
        long count = 0;
        long after = 0;
        try (Rows rows = big.open(MuseumTable.ARTWORKS)) {
            while (rows.next() != null) {
                count++;
                if (count == 900_000) {
                    after = usedMemory();
                }
            }
        }

        assertThat(count).isEqualTo(1_000_000);
        assertThat(after - before).isLessThan(20_000_000);
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new MuseumData(1, 0, 5))
                .hasMessage("Cannot make 5 artworks: there are 0 artists to make them. Ask for 1 artist or more.");
        assertThatThrownBy(() -> new MuseumData(1, -1, 0))
                .hasMessage("Cannot make -1 artists: ask for 0 to 30000000, as many as ids go round.");
        assertThatThrownBy(() -> new MuseumData(1, 1, 30_000_001))
                .hasMessage("Cannot make 30000001 artworks: ask for 0 to 30000000, as many as ids go round.");
    }

    @Test
    void biggestMuseumHasIdsThatFit() {
        long last = 30_000_000L - 1;

        assertThat(new ArtistMaker(3).make(last).id()).isPositive();
        assertThat(Integer.parseInt(String.valueOf(
                        new ArtworkMaker(3, last).make(last).values().get(0))))
                .isPositive();
    }

    static List<Row> rows(Museum museum, MuseumTable table) throws IOException {
        List<Row> all = new ArrayList<>();
        try (Rows rows = museum.open(table)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }

    private static int count(List<Row> rows, int column, @Nullable String value) {
        return (int) rows.stream()
                .filter(row -> Objects.equals(row.values().get(column), value))
                .count();
    }

    private static String hash(Museum museum) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (MuseumTable table : MuseumTable.values()) {
            for (Row row : rows(museum, table)) {
                digest.update((row.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package dev.tarn.generate.museum;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes artworks up. Which fields are empty depends on the kind of work, in the museum's proportions. */
final class ArtworkMaker {
    private static final long TABLE = 2;
    private static final Weighted KINDS = Weighted.of("Photography/Photograph=1112;"
            + "Prints & Illustrated Books/Print=1012;Prints & Illustrated Books/Illustrated_Book=939;/Not_Assigned=442;"
            + "Drawings/Drawing=418;Architecture & Design/Design=383;Painting & Sculpture/Painting=100;"
            + "Architecture & Design/Architecture=164;Painting & Sculpture/Sculpture=68;Film/Film=62;"
            + "Media and Performance Art/Video=54;Prints & Illustrated Books/Multiple=31;"
            + "Prints & Illustrated Books/Drawing=31;Fluxus Collection/Not_Assigned=24;Film/Video=15;"
            + "Fluxus Collection/Media=14;Prints & Illustrated Books/Periodical=13;Prints & Illustrated Books/Audio=12;"
            + "Film/Work_on_Paper=11;Media and Performance Art/Installation=9;Drawings/Installation=6;"
            + "Fluxus Collection/Print=5;Fluxus Collection/Sculpture=3;Prints & Illustrated Books/Ephemera=3;"
            + "Prints & Illustrated Books/Textile=2;Media and Performance Art/Performance=1");

    private final ArtistMaker artistMaker;
    private final long seed;
    private final long artists;

    /** @param artists how many there are to choose from */
    ArtworkMaker(long seed, long artists) {
        this.artistMaker = new ArtistMaker(seed);
        this.seed = seed;
        this.artists = artists;
    }

    Row make(long number) {
        Dice dice = new Dice(seed, TABLE, number);
        int id = (int) (number * 41 + 1 + dice.below(41));
        Artist artist = artistMaker.make(someArtist(dice));
        String[] kind = KINDS.pick(dice).split("/");
        @Nullable String department = kind[0].isEmpty() ? null : kind[0];
        String classification = kind[1];
        int year = Math.max(1840, Math.min(2015, artist.worksFrom() + 22 + dice.below(45)));
        LocalDate acquired = acquired(dice, year);
        boolean bulk = year < 1960 && dice.inThousand(200);
        ArtworkTitle title = new ArtworkTitle(dice, year);
        Measures measures = Measures.of(dice, classification);
        return new Row(Arrays.asList(
                Integer.toString(id),
                dice.below(2500) == 0 ? null : title.make(classification),
                Integer.toString(artist.id()),
                artist.name(),
                dice.inThousand(370) ? null : Integer.toString(year),
                dice.inThousand(87) ? null : dice.of(medium(classification)),
                measures.text(),
                department == null && dice.inThousand(700) || dice.inThousand(30)
                        ? null
                        : (bulk ? LocalDate.of(1964, 10, 6) : acquired).toString(),
                dice.inThousand(94) ? null : credit(dice, artist, bulk, acquired.getYear()),
                department == null ? null : dice.inThousand(550) ? "Y" : "N",
                department,
                classification,
                department == null ? null : objectNumber(dice, id, department, acquired.getYear()),
                measures.diameter(),
                measures.circumference(),
                measures.height(),
                measures.length(),
                measures.width(),
                measures.depth(),
                measures.weight(),
                measures.seconds()));
    }

    /** Few artists have many works. Only roots and products, which are the same on every machine. */
    private long someArtist(Dice dice) {
        double share = dice.share();
        return Math.min(artists - 1, (long) (share * share * Math.sqrt(share) * artists));
    }

    private static LocalDate acquired(Dice dice, int year) {
        int from = Math.max(1929, year);
        return LocalDate.of(dice.between(from, Math.max(from, 2016)), 1, 1).plusDays(dice.below(365));
    }

    private static String[] medium(String classification) {
        return switch (classification) {
            case "Photograph" -> Words.PHOTO;
            case "Drawing", "Architecture", "Work_on_Paper" -> Words.DRAWN;
            case "Painting" -> Words.PAINTED;
            case "Sculpture", "Design", "Multiple", "Installation" -> Words.SOLID;
            case "Film", "Video", "Media", "Performance", "Audio" -> Words.MOVING;
            default -> Words.PAPER;
        };
    }

    private static String credit(Dice dice, Artist artist, boolean bulk, int year) {
        if (bulk) {
            return "The Edwin L. Marchbanks Collection";
        }
        return switch (dice.below(10)) {
            case 0, 1 -> "Purchase";
            case 2, 3 -> "Gift of the artist";
            case 4 -> dice.of(Words.FUNDS) + " Fund";
            case 5 -> "Given anonymously";
            case 6 ->
                "Gift of " + dice.of(Words.DONORS) + " and purchase by the " + dice.of(Words.FUNDS) + " Fund, " + year;
            case 7 ->
                dice.inThousand(40)
                        ? "The " + artist.name() + " Archive (the museum | " + dice.of(Words.PLACES)
                                + " University Library)"
                        : "Acquired through the generosity of " + dice.of(Words.DONORS) + ", " + dice.of(Words.DONORS)
                                + ", with matching funds from " + dice.of(Words.DONORS);
            default -> "Gift of " + dice.of(Words.DONORS);
        };
    }

    private static String objectNumber(Dice dice, int id, String department, int year) {
        if (department.startsWith("Fluxus")) {
            return "FC" + id;
        }
        String first = 1 + dice.below(1500) + "." + year;
        int shape = dice.below(10);
        return shape < 5 ? first + "." + id : shape < 9 ? first : first + ".1-" + dice.between(2, 60);
    }
}

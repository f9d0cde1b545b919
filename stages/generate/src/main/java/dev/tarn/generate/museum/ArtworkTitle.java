package dev.tarn.generate.museum;

/** Makes the title of a work up. */
final class ArtworkTitle {
    private final Dice dice;
    private final int year;

    ArtworkTitle(Dice dice, int year) {
        this.dice = dice;
        this.year = year;
    }

    String make(String classification) {
        if (dice.inThousand(56)) {
            return "Untitled";
        }
        return switch (classification) {
            case "Illustrated_Book" -> fromABook();
            case "Architecture" -> project();
            case "Photograph" -> dice.inThousand(500) ? thing() + ", " + place() : thing();
            case "Print", "Multiple" -> dice.inThousand(300) ? "Untitled from " + thing() + " Suite" : longer();
            default -> longer();
        };
    }

    private String longer() {
        return switch (dice.below(12)) {
            case 0 -> "Untitled (" + thing() + ")";
            case 1 -> thing() + " with " + thing() + ": " + thing();
            case 2 -> "Study for " + thing() + ", No. " + dice.between(2, 400);
            case 3 -> dice.of(Words.PLACES) + ", " + year;
            case 4 -> many();
            default -> thing();
        };
    }

    private String fromABook() {
        String book = dice.of(Words.BOOKS);
        return switch (dice.below(5)) {
            case 0 -> book;
            case 1 -> "Headpiece (page " + dice.between(3, 420) + ") from " + book;
            case 2 -> "In-text plate (folio " + dice.between(2, 60) + " verso) from " + book + ", Volume II";
            default -> "Plate (page " + dice.between(3, 420) + ") from " + book;
        };
    }

    private String project() {
        String title = dice.of(Words.KINDS) + " " + dice.of(Words.BUILDINGS) + ", project, " + place();
        return dice.inThousand(600) ? title + " (" + dice.of(Words.VIEWS) + ")" : title;
    }

    /** Now and then a title takes more than a line. */
    private String many() {
        StringBuilder title = new StringBuilder(thing());
        for (int i = dice.below(12); i > 0; i--) {
            title.append("; ").append(thing());
        }
        return title.toString();
    }

    private String place() {
        return dice.of(Words.PLACES) + ", " + dice.of(Words.COUNTRIES);
    }

    private String thing() {
        return dice.inThousand(600) ? dice.of(Words.KINDS) + " " + dice.of(Words.THINGS) : dice.of(Words.THINGS);
    }
}

package dev.tarn.generate.museum;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The measures of a work, as numbers and in words. */
record Measures(
        @Nullable String text,
        @Nullable String diameter,
        @Nullable String circumference,
        @Nullable String height,
        @Nullable String length,
        @Nullable String width,
        @Nullable String depth,
        @Nullable String weight,
        @Nullable String seconds) {
    private static final Measures NONE = new Measures(null, null, null, null, null, null, null, null, null);
    // Old entries were reckoned from inches with more digits than anybody measured: 22 inches became 55.8801.
    private static final BigDecimal OLD_INCH = new BigDecimal("2.54000508001016");
    private static final BigDecimal INCH = new BigDecimal("2.54");
    private static final BigDecimal SIXTEEN = BigDecimal.valueOf(16);
    private static final String[] FRACTIONS = {
        "", " 1/16", " 1/8", " 3/16", " 1/4", " 5/16", " 3/8", " 7/16", " 1/2", " 9/16", " 5/8", " 11/16", " 3/4",
        " 13/16", " 7/8", " 15/16"
    };

    static Measures of(Dice dice, String classification) {
        return switch (classification) {
            case "Film", "Video", "Media", "Audio", "Performance" -> running(dice);
            case "Not_Assigned" -> dice.inThousand(850) ? NONE : flat(dice);
            case "Sculpture", "Design", "Multiple", "Installation" -> solid(dice);
            default -> dice.inThousand(70) ? NONE : flat(dice);
        };
    }

    private static Measures running(Dice dice) {
        int minutes = dice.between(1, dice.inThousand(30) ? 7920 : 130);
        String seconds = dice.inThousand(30) ? "0" : Integer.toString(minutes * 60 - dice.below(60));
        return new Measures(minutes + " min.", null, null, null, null, null, null, null, seconds);
    }

    private static Measures flat(Dice dice) {
        if (dice.inThousand(25)) {
            return new Measures("dimensions vary", null, null, "0", null, "0", null, null, null);
        }
        int height = sixteenths(dice);
        int width = sixteenths(dice);
        String cross = dice.inThousand(200) ? " × " : " x ";
        String words = inches(height) + cross + inches(width) + "' (" + modern(height) + cross + modern(width) + " cm)";
        String text = switch (dice.below(8)) {
            case 0 ->
                "composition (irreg.): " + words + "; sheet: " + inches(height + 32) + cross + inches(width + 32)
                        + "' (" + modern(height + 32) + cross + modern(width + 32) + " cm)";
            case 1 -> "sheet: " + words;
            case 2 -> "Approx. " + words;
            default -> words;
        };
        return new Measures(text, null, null, exact(dice, height), null, exact(dice, width), null, null, null);
    }

    private static Measures solid(Dice dice) {
        int height = sixteenths(dice);
        int width = sixteenths(dice);
        if (dice.inThousand(90)) {
            String text = inches(height) + " x " + inches(width) + "' diam. (" + modern(height) + " x " + modern(width)
                    + " cm)";
            return new Measures(
                    text,
                    exact(dice, width),
                    circumference(dice, width),
                    exact(dice, height),
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        int depth = sixteenths(dice);
        String text = inches(height) + " x " + inches(width) + " x " + inches(depth) + "' (" + modern(height) + " x "
                + modern(width) + " x " + modern(depth) + " cm)";
        boolean lengthwise = dice.inThousand(60);
        return new Measures(
                text,
                null,
                null,
                lengthwise ? null : exact(dice, height),
                lengthwise ? exact(dice, height) : null,
                exact(dice, width),
                dice.inThousand(400) ? "0" : exact(dice, depth),
                dice.inThousand(40) ? weight(dice) : null,
                null);
    }

    private static @Nullable String circumference(Dice dice, int width) {
        return dice.inThousand(60)
                ? decimal(INCH.multiply(sixteenths(width)).multiply(new BigDecimal("3.1416")), 1)
                : null;
    }

    private static String weight(Dice dice) {
        return decimal(BigDecimal.valueOf(dice.between(4, 900)).multiply(new BigDecimal("0.45359237")), 4);
    }

    /** A length in sixteenths of an inch: most are under two feet, few are many. */
    private static int sixteenths(Dice dice) {
        int most = dice.inThousand(40) ? 4000 : dice.inThousand(200) ? 1100 : 380;
        return dice.between(30, most);
    }

    private static BigDecimal sixteenths(int length) {
        return BigDecimal.valueOf(length).divide(SIXTEEN);
    }

    private static String inches(int sixteenths) {
        return sixteenths / 16 + FRACTIONS[sixteenths % 16];
    }

    private static String modern(int sixteenths) {
        return decimal(INCH.multiply(sixteenths(sixteenths)), 1);
    }

    private static String exact(Dice dice, int sixteenths) {
        int shape = dice.below(10);
        return shape < 4 ? modern(sixteenths) : decimal(OLD_INCH.multiply(sixteenths(sixteenths)), shape < 9 ? 4 : 10);
    }

    private static String decimal(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}

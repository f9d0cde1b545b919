package dev.tarn.analyze.verify;

/** Numbers in their canonical form. */
final class Numbers {
    private Numbers() {}

    /** Takes zeros off the end of a fraction, and the sign off zero. What is no number, such as NaN, stays. */
    static String decimal(String text) {
        int end = text.length();
        if (text.indexOf('.') >= 0) {
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            if (text.charAt(end - 1) == '.') {
                end--;
            }
        }
        String digits = end == text.length() ? text : text.substring(0, end);
        return digits.equals("-0") ? "0" : digits;
    }

    static String text(float value) {
        return Float.toString(value == 0 ? 0f : value);
    }

    static String text(double value) {
        return Double.toString(value == 0 ? 0d : value);
    }

    /** How Java reads what PostgreSQL writes: they differ in no number, but PostgreSQL knows more spellings. */
    static String javaFloat(String text) {
        return switch (text) {
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
        };
    }
}

package dev.tarn.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of figures.
 *
 * @param what was measured, with its unit
 * @param ours what Tarn needs or does
 * @param beside what the other does in the same run; not a number if there is none
 * @param other who that is; empty if there is none
 * @param ratio that is held against the aim; not a number if the figure itself is
 * @param aim what it should be; not a number if there is no aim
 * @param atMost whether smaller is better
 */
record Figure(String what, double ours, double beside, String other, double ratio, double aim, boolean atMost) {
    private static final String LINE = "| %-48s | %12s | %12s | %-30s | %8s | %9s | %-6s |%n";

    /** A figure without an aim. */
    static Figure plain(String what, double ours) {
        return new Figure(what, ours, Double.NaN, "", Double.NaN, Double.NaN, false);
    }

    /** A figure that should be as large as the aim. */
    static Figure atLeast(String what, double ours, double aim) {
        return new Figure(what, ours, Double.NaN, "", Double.NaN, aim, false);
    }

    /** A figure that should not be larger than the aim. */
    static Figure atMost(String what, double ours, double aim) {
        return new Figure(what, ours, Double.NaN, "", Double.NaN, aim, true);
    }

    /** A figure that should be so many times that of another. */
    static Figure timesAtLeast(String what, double ours, double beside, String other, double aim) {
        return new Figure(what, ours, beside, other, ours / beside, aim, false);
    }

    /** A figure that should be no more than so many times that of another. */
    static Figure timesAtMost(String what, double ours, double beside, String other, double aim) {
        return new Figure(what, ours, beside, other, ours / beside, aim, true);
    }

    /** Whether there is anything to tell. */
    boolean isMeasured() {
        return Double.isFinite(ours);
    }

    private String verdict() {
        double held = Double.isNaN(ratio) ? ours : ratio;
        if (!Double.isFinite(aim) || !Double.isFinite(held)) {
            return "";
        }
        return (atMost ? held <= aim : held >= aim) ? "met" : "missed";
    }

    Map<String, @Nullable Object> fields() {
        return new Report()
                .put("what", what)
                .put("ours", ours)
                .put("beside", beside)
                .put("other", other)
                .put("ratio", ratio)
                .put("aim", aim)
                .put("aimIsAtMost", atMost)
                .put("verdict", verdict())
                .fields();
    }

    /** All of them, for people; also Markdown. */
    static String table(List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        text.append(line("figure", "ours", "beside", "of", "ratio", "aim", ""));
        text.append(line("---", "---", "---", "---", "---", "---", "---"));
        for (Figure figure : figures) {
            text.append(line(
                    figure.what,
                    number(figure.ours),
                    number(figure.beside),
                    figure.other,
                    number(figure.ratio),
                    Double.isNaN(figure.aim) ? "" : (figure.atMost ? "≤ " : "≥ ") + number(figure.aim),
                    figure.verdict()));
        }
        return text.toString();
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, LINE, cells);
    }

    private static String number(double number) {
        if (!Double.isFinite(number)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%,.0f" : "%.2f", number);
    }
}

package dev.tarn.cli.lake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a user meant. */
public final class Nearest {
    private Nearest() {}

    /** The known word with the fewest letters to change, if they are few. */
    public static Optional<String> find(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= Math.max(2, each.length() / 3))
                .min(Comparator.comparingInt(each -> distance(word, each)));
    }

    /** How many letters to add, drop or replace (Levenshtein). */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

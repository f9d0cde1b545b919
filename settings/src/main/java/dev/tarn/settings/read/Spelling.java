package dev.tarn.settings.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a user meant to write. */
public final class Spelling {
    private Spelling() {}

    /** {@code ; did you mean 'storage'?} or, if no known word is near, the list of them after {@code otherwise}. */
    public static String advice(String written, Collection<String> known, String otherwise) {
        return nearest(written, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElseGet(() -> "; " + otherwise + " " + String.join(", ", known));
    }

    /** The known word that is one slip away, or two for words of four letters and more. */
    static Optional<String> nearest(String written, Collection<String> known) {
        int slips = written.length() < 4 ? 1 : 2;
        return known.stream()
                .filter(word -> distance(written, word) <= slips)
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    /** Letters to add, drop, change or swap with their neighbour: the optimal string alignment distance. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}

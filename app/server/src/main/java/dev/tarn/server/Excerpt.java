package dev.tarn.server;

import org.jspecify.annotations.Nullable;

/** The part of a long text that shows in what it differs from another. */
final class Excerpt {
    private static final int MAX = 200;
    private static final int BEFORE = 20;

    private Excerpt() {}

    /** Where two texts begin to differ. */
    static int firstDifference(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return 0;
        }
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** A short text as it is; of a long one what is around a place, and how long it is. */
    static @Nullable String of(@Nullable String text, int place) {
        if (text == null || text.length() <= MAX) {
            return text;
        }
        int from = Math.max(0, Math.min(place, text.length()) - BEFORE);
        int to = Math.min(text.length(), from + MAX);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "") + " (" + text.length()
                + " characters)";
    }
}

package dev.tarn.settings.read;

import java.util.regex.Pattern;

/** Reads a whole number from 1 on, written in digits. */
public final class Counts {
    private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,8}");

    private Counts() {}

    /** @throws IllegalArgumentException if it is none */
    public static int parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a whole number from 1 to 999999999");
        }
        return Integer.parseInt(text);
    }
}

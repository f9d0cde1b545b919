package dev.tarn.settings.read;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time, written as {@code 500 ms}, {@code 1 s}, {@code 5 min}, {@code 2 h} or {@code 7 d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8}) ?(ms|s|min|h|d)");

    private Durations() {}

    /**
     * Reads a length of time, with or without the space.
     *
     * @throws IllegalArgumentException if it has another form or is zero
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a time such as 500 ms, 1 s, 5 min, 2 h or 7 d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}

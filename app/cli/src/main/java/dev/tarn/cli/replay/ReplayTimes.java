package dev.tarn.cli.replay;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times and rates as users type them. What is none is an IllegalArgumentException that says what would be. */
public final class ReplayTimes {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ?(us|ms|s|min|h|d)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?/ ?(s|min|h)");
    private static final double LEAST_RATE = 1e-4;

    private ReplayTimes() {}

    public static Duration duration(String text) {
        Matcher form = DURATION.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("a time such as 750ms, 5 s, 10 min, 2 h or 1 d");
        }
        long number = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2)) {
            case "us" -> Duration.ofNanos(Math.multiplyExact(number, 1_000));
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        if (duration.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("a time of a year at most");
        }
        return duration;
    }

    /** In events a second. */
    public static double rate(String text) {
        Matcher form = RATE.matcher(text.strip());
        double number = form.matches() ? Double.parseDouble(form.group(1)) : 0;
        double perSecond = number / (form.matches() ? seconds(form.group(2)) : 1);
        if (perSecond < LEAST_RATE) {
            throw new IllegalArgumentException("a rate such as 100/s or 30/min");
        }
        return perSecond;
    }

    private static int seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "min" -> 60;
            default -> 3600;
        };
    }

    /** Without a zone it is UTC; a date is its midnight. */
    public static Instant moment(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (iso.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return iso.matches(".*T.*(Z|[+-]\\d{2}:\\d{2})")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time such as 2021-09-08T00:00:00Z", e);
        }
    }
}

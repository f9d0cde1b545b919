package dev.tarn.processes.topics.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as files write them: {@code 2021-05-08 21:21:56.996577 +00:00}, {@code 2021-05-10 13:04:06.996577+00},
 * {@code 2021-05-08T21:21:56Z}. Without a zone it is UTC; a date alone is its midnight.
 */
public final class Timestamps {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4,}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?\\s?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private Timestamps() {}

    /** @throws IllegalArgumentException if it is no time */
    public static Instant parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("is no time such as 2021-05-08 21:21:56.996577+00");
        }
        String zone = form.group(3) == null ? "Z" : form.group(3);
        String time = form.group(2) == null ? "00:00" : form.group(2);
        try {
            return LocalDateTime.parse(form.group(1) + "T" + time).toInstant(ZoneOffset.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time that there is", e);
        }
    }

    static LocalDateTime parseLocal(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || form.group(3) != null) {
            throw new IllegalArgumentException("is no time without a zone such as 2021-05-08 21:21:56.996577");
        }
        try {
            return LocalDateTime.parse(form.group(1) + "T" + (form.group(2) == null ? "00:00" : form.group(2)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time that there is", e);
        }
    }
}

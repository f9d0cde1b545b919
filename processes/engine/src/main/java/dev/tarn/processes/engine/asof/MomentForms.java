package dev.tarn.processes.engine.asof;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** What {@link Moment#parse} compares with. */
final class MomentForms {
    static final Pattern INSTANT = Pattern.compile("\\d{14}(\\d{3})?");
    static final Pattern AGO = Pattern.compile("-(\\d{1,6})([smhd])");
    static final Pattern LSN = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");
    static final DateTimeFormatter INSTANT_DATE =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern SEPARATOR = Pattern.compile("^(.{10})[t ](\\d)");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("'T'HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private MomentForms() {}

    static Duration span(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    static java.time.Instant time(String text) {
        TemporalAccessor parts =
                TIME.parse(SEPARATOR.matcher(text).replaceFirst("$1T$2").replace('z', 'Z'));
        ZoneOffset zone = parts.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(parts) : ZoneOffset.UTC;
        LocalDateTime local = parts.isSupported(ChronoField.HOUR_OF_DAY)
                ? LocalDateTime.from(parts)
                : LocalDate.from(parts).atStartOfDay();
        return local.toInstant(zone);
    }
}

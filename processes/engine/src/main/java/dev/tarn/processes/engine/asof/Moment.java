package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.DateTimeException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment at which a user wants to see a table. {@code toString} gives a form that {@link #parse} takes. */
public sealed interface Moment {
    /**
     * A commit of a table, the state right after it.
     *
     * @param name as Hudi writes it, such as {@code 20261122103000123}
     */
    record Instant(String name) implements Moment {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A time of the clock. */
    record Time(java.time.Instant at) implements Moment {
        @Override
        public String toString() {
            return at.toString();
        }
    }

    /** @param span before now, positive */
    record Ago(Duration span) implements Moment {
        @Override
        public String toString() {
            long seconds = span.toSeconds();
            if (seconds % 86_400 == 0) {
                return "-" + seconds / 86_400 + "d";
            }
            if (seconds % 3_600 == 0) {
                return "-" + seconds / 3_600 + "h";
            }
            return seconds % 60 == 0 ? "-" + seconds / 60 + "m" : "-" + seconds + "s";
        }
    }

    /** @param position in the source's log, where all changes up to it count; compare it as an unsigned number */
    record Lsn(long position) implements Moment {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
        }
    }

    /** The newest state. */
    record Now() implements Moment {
        @Override
        public String toString() {
            return "now";
        }
    }

    /**
     * Reads what a user wrote.
     *
     * @param text such as {@code 20261122103000123}, {@code 2026-11-22T10:00:00Z}, {@code 2026-11-22 10:00} (in UTC),
     *     {@code 2026-11-22}, {@code -2h}, {@code 0/2A3F10} or {@code now}
     * @throws RefusedException with the code MOMENT if it is none of these
     */
    static Moment parse(String text) {
        String word = text.strip();
        try {
            if (word.equalsIgnoreCase("now")) {
                return new Now();
            }
            if (Forms.INSTANT.matcher(word).matches()) {
                Forms.INSTANT_DATE.parse(word.substring(0, 14));
                return new Instant(word);
            }
            Matcher ago = Forms.AGO.matcher(word);
            if (ago.matches()) {
                return new Ago(Forms.span(Long.parseLong(ago.group(1)), ago.group(2)));
            }
            Matcher lsn = Forms.LSN.matcher(word);
            if (lsn.matches()) {
                return new Lsn(Long.parseLong(lsn.group(1), 16) << 32 | Long.parseLong(lsn.group(2), 16));
            }
            return new Time(Forms.time(word));
        } catch (DateTimeException e) {
            throw new RefusedException(
                    400,
                    "MOMENT",
                    "Cannot read moment '" + text + "': it is none of the forms of a moment. Give a time"
                            + " (2026-11-22T10:00:00Z, '2026-11-22 10:00' or 2026-11-22; without a zone it is UTC), a"
                            + " span before now (-45s, -30m, -2h, -7d), an instant of the table (20261122103000123), a"
                            + " position in the source's log (0/2A3F10), or 'now'.");
        }
    }
}

/** What {@link Moment#parse} compares with. */
final class Forms {
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
            .appendPattern("[XXX][X]")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Forms() {}

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

package dev.tarn.analyze.verify;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates, times and spans in their canonical form. */
final class Times {
    /** What Debezium writes for the timestamps 'infinity' and '-infinity'. */
    private static final long INFINITY = 9_223_372_036_825_200_000L;

    private static final long MINUS_INFINITY = -9_223_372_036_832_400_000L;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long SECOND_MICROS = 1_000_000L;
    private static final Pattern ISO_SPAN = Pattern.compile("P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)W)?(?:(-?\\d+)D)?"
            + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?)(\\d+)(?:\\.(\\d{1,6})\\d*)?S)?)?");
    private static final Pattern BOUND =
            Pattern.compile("\"?(\\d{4,6}-\\d\\d-\\d\\d[ T][0-9:.]+(?:Z|[+-][0-9:]+)?(?: BC)?)\"?");

    private Times() {}

    static String date(long days) {
        StringBuilder text = new StringBuilder(10);
        LocalDate date = LocalDate.ofEpochDay(days);
        appendDate(text, date);
        return date.getYear() > 0 ? text.toString() : text.append(" BC").toString();
    }

    static String timestamp(long micros) {
        if (micros == INFINITY || micros == MINUS_INFINITY) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY_MICROS));
        StringBuilder text = new StringBuilder(26);
        appendDate(text, date);
        text.append(' ');
        appendTime(text, Math.floorMod(micros, DAY_MICROS));
        return date.getYear() > 0 ? text.toString() : text.append(" BC").toString();
    }

    private static void appendDate(StringBuilder text, LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        for (int limit = 1000; limit > year && limit > 1; limit /= 10) {
            text.append('0');
        }
        text.append(year).append('-');
        two(text, date.getMonthValue());
        text.append('-');
        two(text, date.getDayOfMonth());
    }

    private static void appendTime(StringBuilder text, long micros) {
        long seconds = micros / SECOND_MICROS;
        two(text, (int) (seconds / 3600));
        text.append(':');
        two(text, (int) (seconds / 60 % 60));
        text.append(':');
        two(text, (int) (seconds % 60));
        int rest = (int) (micros % SECOND_MICROS);
        if (rest != 0) {
            text.append('.');
            for (int unit = 100_000; rest != 0; unit /= 10) {
                text.append((char) ('0' + rest / unit));
                rest %= unit;
            }
        }
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** The days since 1970 of a date. */
    static long days(String date) {
        return micros(date + " 00:00:00") / DAY_MICROS;
    }

    /** The microseconds since 1970 of a timestamp in UTC. */
    static long micros(String timestamp) {
        if (timestamp.endsWith("infinity")) {
            return timestamp.startsWith("-") ? MINUS_INFINITY : INFINITY;
        }
        boolean beforeChrist = timestamp.contains(" BC");
        String[] parts = withoutZone(timestamp.replace(" BC", "")).split("[ -]", -1);
        int year = Integer.parseInt(parts[0]);
        LocalDate date =
                LocalDate.of(beforeChrist ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        return date.toEpochDay() * DAY_MICROS + LocalTime.parse(parts[3]).toNanoOfDay() / 1000;
    }

    /** A span as Debezium writes it: all parts, also those that are zero. */
    static String intervalOfDebezium(String text) {
        Matcher parts = ISO_SPAN.matcher(interval(text));
        if (!parts.matches()) {
            return text;
        }
        long months = part(parts, 2);
        long micros = part(parts, 8) * sign(parts) * SECOND_MICROS + fraction(parts) * sign(parts);
        return "P" + months / 12 + "Y" + months % 12 + "M" + part(parts, 4) + "DT" + micros / (3600 * SECOND_MICROS)
                + "H" + micros / (60 * SECOND_MICROS) % 60 + "M" + decimalSeconds(micros % (60 * SECOND_MICROS)) + "S";
    }

    /** Takes +00 off a timestamp of a session in UTC. */
    static String withoutZone(String text) {
        if (text.endsWith("+00")) {
            return text.substring(0, text.length() - 3);
        }
        return text.endsWith("+00 BC") ? text.substring(0, text.length() - 6) + " BC" : text;
    }

    /** A time of day with an offset, such as {@code 12:34:56.5+02} or {@code 10:34:56.5Z}, in UTC. */
    static String inUtc(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        int end = sign >= 0 ? sign : text.indexOf('Z');
        if (end < 0) {
            return text;
        }
        // 24:00:00 is no time of day for Java, and in another zone it is none for anybody.
        String time = text.substring(0, end).replaceFirst("^24:", "00:");
        long offset = sign < 0 ? 0 : ZoneOffset.of(text.substring(sign)).getTotalSeconds() * SECOND_MICROS;
        StringBuilder utc = new StringBuilder(16);
        appendTime(utc, Math.floorMod(LocalTime.parse(time).toNanoOfDay() / 1000 - offset, DAY_MICROS));
        return utc.append("+00").toString();
    }

    /** A span in ISO 8601, with or without the parts that are zero; what is none stays. */
    static String interval(String text) {
        Matcher parts = ISO_SPAN.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        long months = part(parts, 1) * 12 + part(parts, 2);
        long days = part(parts, 3) * 7 + part(parts, 4);
        long micros = (part(parts, 5) * 3600 + part(parts, 6) * 60 + part(parts, 8) * sign(parts)) * SECOND_MICROS
                + fraction(parts) * sign(parts);
        return "P" + months + "M" + days + "DT" + decimalSeconds(micros) + "S";
    }

    private static String decimalSeconds(long micros) {
        return Numbers.decimal(java.math.BigDecimal.valueOf(micros, 6).toPlainString());
    }

    private static long sign(Matcher parts) {
        return "-".equals(parts.group(7)) ? -1 : 1;
    }

    private static long fraction(Matcher parts) {
        String digits = parts.group(9);
        return digits == null ? 0 : Long.parseLong((digits + "000000").substring(0, 6));
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** A range of times with zone: each bound in UTC, without quotes. */
    static String range(String text) {
        return BOUND.matcher(text).replaceAll(bound -> boundInUtc(bound.group(1)));
    }

    private static String boundInUtc(String bound) {
        boolean beforeChrist = bound.endsWith(" BC");
        String text = beforeChrist ? bound.substring(0, bound.length() - 3) : bound;
        int zone = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        boolean hasZone = zone > text.indexOf(':');
        int end = hasZone ? zone : text.endsWith("Z") ? text.length() - 1 : text.length();
        ZoneOffset offset = hasZone ? ZoneOffset.of(text.substring(zone)) : ZoneOffset.UTC;
        int dash = text.indexOf('-');
        int year = Integer.parseInt(text.substring(0, dash));
        LocalDate date = LocalDate.of(
                beforeChrist ? 1 - year : year,
                Integer.parseInt(text.substring(dash + 1, dash + 3)),
                Integer.parseInt(text.substring(dash + 4, dash + 6)));
        long time = LocalTime.parse(text.substring(dash + 7, end)).toNanoOfDay() / 1000;
        return timestamp(date.toEpochDay() * DAY_MICROS + time - offset.getTotalSeconds() * SECOND_MICROS);
    }
}

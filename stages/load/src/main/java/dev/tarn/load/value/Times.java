package dev.tarn.load.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Dates and points in time: PostgreSQL counts from 2000, the lake from 1970. */
final class Times {
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = DAYS_TO_2000 * 86_400_000_000L;
    private static final long MICROS_A_SECOND = 1_000_000;

    // What Debezium writes for a time of 'infinity' and '-infinity', in microseconds.
    private static final Instant INFINITY = Instant.EPOCH.plus(9_223_372_036_825_200_000L, ChronoUnit.MICROS);
    private static final Instant MINUS_INFINITY = Instant.EPOCH.plus(-9_223_372_036_832_400_000L, ChronoUnit.MICROS);

    // Between these two days the calendar changed: java.sql.Date, which Debezium has in arrays, does not know days between.
    private static final LocalDate LAST_JULIAN = LocalDate.of(1582, 10, 4);
    private static final LocalDate FIRST_GREGORIAN = LocalDate.of(1582, 10, 15);
    private static final Instant CHRIST = Instant.parse("0001-01-01T00:00:00Z");

    private Times() {}

    /** A date. Of an infinite one Debezium makes two different ones, in its copy and in its stream. */
    static LocalDate date(byte[] bytes, int at, int length) {
        int days = BigEndian.int4(bytes, at);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw new UnreadableValueException(days > 0 ? "infinity" : "-infinity");
        }
        return LocalDate.ofEpochDay((long) days + DAYS_TO_2000);
    }

    static Instant timestamp(byte[] bytes, int at, int length) {
        long micros = BigEndian.int8(bytes, at);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? INFINITY : MINUS_INFINITY;
        }
        if (micros > Long.MAX_VALUE - MICROS_TO_2000) {
            throw new UnreadableValueException("a time after 294246, in " + micros / MICROS_A_SECOND + " s from 2000");
        }
        long since1970 = micros + MICROS_TO_2000;
        return Instant.ofEpochSecond(
                Math.floorDiv(since1970, MICROS_A_SECOND), Math.floorMod(since1970, MICROS_A_SECOND) * 1_000);
    }

    /** A date in an array, where Debezium loses what is before Christ, and shifts what no calendar of Java has. */
    static LocalDate dateInArray(byte[] bytes, int at, int length) {
        LocalDate date = date(bytes, at, length);
        if (date.getYear() < 1 || date.isAfter(LAST_JULIAN) && date.isBefore(FIRST_GREGORIAN)) {
            throw new UnreadableValueException(date + " in an array");
        }
        return date;
    }

    /** A time with zone in an array, where Debezium loses what is before Christ, and writes infinity as no time at all. */
    static Instant zonedInArray(byte[] bytes, int at, int length) {
        Instant time = timestamp(bytes, at, length);
        if (time.isBefore(CHRIST) || time.equals(INFINITY)) {
            throw new UnreadableValueException((time.equals(INFINITY) ? "infinity" : time) + " in an array");
        }
        return time;
    }
}

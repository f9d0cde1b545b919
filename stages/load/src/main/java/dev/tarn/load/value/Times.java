package dev.tarn.load.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Dates and points in time: PostgreSQL counts from 2000, the lake from 1970. */
final class Times {
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = DAYS_TO_2000 * 86_400_000_000L;
    private static final long MICROS_A_SECOND = 1_000_000;

    // What Debezium writes for a time of 'infinity' and '-infinity', in microseconds.
    private static final Instant INFINITY = Instant.EPOCH.plus(9_223_372_036_825_200_000L, ChronoUnit.MICROS);
    private static final Instant MINUS_INFINITY = Instant.EPOCH.plus(-9_223_372_036_832_400_000L, ChronoUnit.MICROS);

    // In arrays Debezium has classes of java.sql, whose calendar changes here and has no days between, nor signs of
    // years.
    private static final LocalDate LAST_JULIAN = LocalDate.of(1582, 10, 4);
    private static final LocalDate FIRST_GREGORIAN = LocalDate.of(1582, 10, 15);

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

    /** A date in an array. */
    static LocalDate dateInArray(byte[] bytes, int at, int length) {
        LocalDate date = date(bytes, at, length);
        if (date.getYear() < 1 || isBetweenCalendars(date)) {
            throw new UnreadableValueException(date + " in an array");
        }
        return date;
    }

    /** A time without zone in an array: Debezium shifts all of the Julian calendar. */
    static Instant timestampInArray(byte[] bytes, int at, int length) {
        Instant time = timestamp(bytes, at, length);
        if (!time.equals(MINUS_INFINITY) && day(time).isBefore(FIRST_GREGORIAN)) {
            throw new UnreadableValueException(time + " in an array");
        }
        return time;
    }

    /** A time with zone in an array: Debezium writes infinity as no time at all. */
    static Instant zonedInArray(byte[] bytes, int at, int length) {
        Instant time = timestamp(bytes, at, length);
        if (time.equals(INFINITY) || day(time).getYear() < 1 || isBetweenCalendars(day(time))) {
            throw new UnreadableValueException((time.equals(INFINITY) ? "infinity" : time.toString()) + " in an array");
        }
        return time;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static boolean isBetweenCalendars(LocalDate date) {
        return date.isAfter(LAST_JULIAN) && date.isBefore(FIRST_GREGORIAN);
    }
}

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

    private Times() {}

    static Object date(byte[] bytes, int at, int length) {
        int days = BigEndian.int4(bytes, at);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw new UnreadableValueException(days > 0 ? "infinity" : "-infinity");
        }
        return LocalDate.ofEpochDay((long) days + DAYS_TO_2000);
    }

    static Object timestamp(byte[] bytes, int at, int length) {
        long micros = BigEndian.int8(bytes, at);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? INFINITY : MINUS_INFINITY;
        }
        long since1970 = micros + MICROS_TO_2000;
        return Instant.ofEpochSecond(
                Math.floorDiv(since1970, MICROS_A_SECOND), Math.floorMod(since1970, MICROS_A_SECOND) * 1_000);
    }
}

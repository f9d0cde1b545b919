package dev.tarn.load.value;

import java.math.BigDecimal;

/** Spans of time as Debezium's class Interval writes them: all parts, also those that are zero, each with its sign. */
final class Intervals {
    private static final long MICROS_AN_HOUR = 3_600_000_000L;
    private static final long MICROS_A_MINUTE = 60_000_000;
    private static final int MONTHS_A_YEAR = 12;

    private Intervals() {}

    /** Microseconds, days, months. */
    static String iso(byte[] bytes, int at, int length) {
        long micros = BigEndian.int8(bytes, at);
        int days = BigEndian.int4(bytes, at + Long.BYTES);
        int months = BigEndian.int4(bytes, at + Long.BYTES + Integer.BYTES);
        boolean isInfinite = micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE
                || micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == Integer.MIN_VALUE;
        long hours = micros / MICROS_AN_HOUR;
        if (isInfinite) {
            throw new UnreadableValueException(micros > 0 ? "infinity" : "-infinity");
        }
        if (hours != (int) hours) {
            throw new UnreadableValueException(hours + " hours");
        }
        long seconds = micros % MICROS_A_MINUTE;
        return "P" + months / MONTHS_A_YEAR + "Y" + months % MONTHS_A_YEAR + "M" + days + "DT" + hours + "H"
                + micros % MICROS_AN_HOUR / MICROS_A_MINUTE + "M"
                + (seconds == 0
                        ? "0"
                        : BigDecimal.valueOf(seconds, 6).stripTrailingZeros().toPlainString()) + "S";
    }
}

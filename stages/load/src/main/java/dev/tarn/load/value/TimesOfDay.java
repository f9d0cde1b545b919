package dev.tarn.load.value;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Times of a day, which the lake has as text. */
final class TimesOfDay {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long NANOS_A_MICRO = 1_000;
    private static final int SECONDS_A_MINUTE = 60;
    private static final long MICROS_A_SECOND = 1_000_000;

    private TimesOfDay() {}

    /** Such as {@code 12:34:56.5}; the end of a day is PostgreSQL's 24:00:00. */
    static String local(byte[] bytes, int at, int length) {
        long micros = BigEndian.int8(bytes, at);
        return micros == MICROS_A_DAY ? "24:00:00" : text(micros);
    }

    /** Such as {@code 10:34:56.5Z}, in UTC. The offset comes as seconds to the west. */
    static String zoned(byte[] bytes, int at, int length) {
        long micros = BigEndian.int8(bytes, at);
        int west = BigEndian.int4(bytes, at + Long.BYTES);
        if (west % SECONDS_A_MINUTE != 0) {
            throw new UnreadableValueException("a time whose offset has seconds, " + -west);
        }
        return text(Math.floorMod(micros + west * MICROS_A_SECOND, MICROS_A_DAY)) + "Z";
    }

    private static String text(long micros) {
        return LocalTime.ofNanoOfDay(micros * NANOS_A_MICRO).format(DateTimeFormatter.ISO_LOCAL_TIME);
    }
}

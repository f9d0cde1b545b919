package dev.tarn.processes.engine.hudi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Hudi's names of instants, {@code 20261122103000123}, which are times of a table's zone. */
record InstantTimes(ZoneId zone) {
    private static final String PATTERN = "uuuuMMddHHmmss";
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(PATTERN);
    private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder()
            .appendPattern(PATTERN)
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter();

    /** The time of an instant; null if its name is none. */
    @Nullable
    Instant parse(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            DateTimeFormatter format = name.length() > PATTERN.length() ? MILLIS : SECONDS;
            return LocalDateTime.parse(name, format).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The name that an instant of this time has. */
    String name(Instant time) {
        return MILLIS.format(time.atZone(zone));
    }
}

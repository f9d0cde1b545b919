package dev.tarn.bench;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Map;

/**
 * One thing that happened to a table; numbers are 0 where it has no such thing.
 *
 * @param requestedMillis since 1970: when it began
 * @param completedMillis since 1970; from then on every query sees it. 0 until then
 * @param lsn how far the table reaches in the source's log
 */
record TableEvent(
        String instant,
        String action,
        long requestedMillis,
        long completedMillis,
        long inserted,
        long updated,
        long deleted,
        long bytes,
        long lsn) {
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMddHHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter();

    static TableEvent of(Map<?, ?> entry) {
        String instant = String.valueOf(entry.get("instant"));
        Map<?, ?> work = entry.get("work") instanceof Map<?, ?> map ? map : Map.of();
        return new TableEvent(
                instant,
                String.valueOf(entry.get("action")),
                LocalDateTime.parse(instant, INSTANT).toInstant(ZoneOffset.UTC).toEpochMilli(),
                entry.get("completedAt") instanceof String text
                        ? Instant.parse(text).toEpochMilli()
                        : 0,
                number(work, "inserted"),
                number(work, "updated"),
                number(work, "deleted"),
                number(work, "bytesWritten"),
                number(work, "sourceLsn"));
    }

    private static long number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean isCompleted() {
        return completedMillis > 0;
    }

    /** Whether it brought changes of the source, as a compaction does not. */
    boolean isCommit() {
        return action.equals("deltacommit");
    }

    long tookMillis() {
        return completedMillis - requestedMillis;
    }
}

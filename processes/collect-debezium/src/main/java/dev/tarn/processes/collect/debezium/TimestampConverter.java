package dev.tarn.processes.collect.debezium;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code timestamptz} microseconds since 1970-01-01 in UTC, as Debezium's mode {@code microseconds} does with
 * {@code timestamp} only. The same schema name, so that readers need not tell them apart.
 */
public final class TimestampConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    private static final String SCHEMA = "io.debezium.time.MicroTimestamp";

    // What Debezium writes for a timestamp of 'infinity' and '-infinity'.
    private static final long INFINITY = 9_223_372_036_825_200_000L;
    private static final long MINUS_INFINITY = -9_223_372_036_832_400_000L;

    // PostgreSQL's own limits lie inside; what lies outside stands for infinity.
    private static final int LAST_YEAR = 294_276;
    private static final int FIRST_YEAR = -4_713;

    private static final Pattern POSTGRES_TEXT = Pattern.compile(
            "(\\d{4,6})(-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)(Z|[+-]\\d\\d(?::\\d\\d){0,2})( BC)?");

    @Override
    public void configure(Properties settings) {
        // There is nothing to set.
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        if (column.typeName().equals("timestamptz")) {
            SchemaBuilder schema = SchemaBuilder.int64().name(SCHEMA).version(1);
            registration.register(column.isOptional() ? schema.optional() : schema, value -> micros(column, value));
        }
    }

    static @Nullable Long micros(RelationalColumn column, @Nullable Object value) {
        if (value == null) {
            // A deleted row tells its key alone; Debezium fills columns that must have a value with zero, and so do we.
            return column.isOptional() ? null : 0L;
        }
        if (value instanceof Number micros) {
            return micros.longValue();
        }
        if (value.equals("infinity") || value.equals("-infinity")) {
            return value.equals("infinity") ? INFINITY : MINUS_INFINITY;
        }
        OffsetDateTime time = time(column, value);
        if (time.getYear() > LAST_YEAR) {
            return INFINITY;
        }
        if (time.getYear() < FIRST_YEAR) {
            return MINUS_INFINITY;
        }
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    private static OffsetDateTime time(RelationalColumn column, Object value) {
        if (value instanceof OffsetDateTime time) {
            return time;
        }
        if (value instanceof ZonedDateTime time) {
            return time.toOffsetDateTime();
        }
        if (value instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().atOffset(ZoneOffset.UTC);
        }
        if (value instanceof String text) {
            return parse(column, text);
        }
        throw new IllegalArgumentException("column " + column.dataCollection() + "." + column.name() + " came as "
                + value.getClass().getName());
    }

    /** Reads what PostgreSQL writes, such as {@code 0044-03-15 12:00:00.5+00 BC}: the first copy comes as text. */
    private static OffsetDateTime parse(RelationalColumn column, String text) {
        Matcher parts = POSTGRES_TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "column " + column.dataCollection() + "." + column.name() + " came as '" + text + "'");
        }
        int year = Integer.parseInt(parts.group(1));
        return OffsetDateTime.of(
                        parts.group(5) == null ? year : 1 - year,
                        Integer.parseInt(parts.group(2).substring(1, 3)),
                        Integer.parseInt(parts.group(2).substring(4, 6)),
                        0,
                        0,
                        0,
                        0,
                        ZoneOffset.of(parts.group(4)))
                .with(LocalTime.parse(parts.group(3)));
    }
}

package dev.tarn.processes.collect.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.spi.converter.RelationalColumn;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class TimestampConverterTest {
    private static final RelationalColumn OPTIONAL = column(true);

    @Test
    void everyZoneBecomesMicrosecondsInUtc() {
        assertThat(TimestampConverter.micros(OPTIONAL, OffsetDateTime.parse("1970-01-01T02:00:00.000001+02:00")))
                .isEqualTo(1);
        assertThat(TimestampConverter.micros(OPTIONAL, Instant.parse("1969-12-31T23:59:59.999999Z")))
                .isEqualTo(-1);
        assertThat(TimestampConverter.micros(OPTIONAL, "2024-02-29T10:34:56.789012Z"))
                .isEqualTo(1_709_202_896_789_012L);
    }

    @Test
    void textOfPostgresIsRead() {
        assertThat(TimestampConverter.micros(OPTIONAL, "2024-02-29 12:34:56.789012+02"))
                .isEqualTo(1_709_202_896_789_012L);
        assertThat(TimestampConverter.micros(OPTIONAL, "2024-02-29 16:04:56+05:30"))
                .isEqualTo(1_709_202_896_000_000L);
        assertThat(TimestampConverter.micros(OPTIONAL, "0001-01-01 00:00:00+00 BC"))
                .isEqualTo(-62_167_219_200_000_000L);
        assertThat(TimestampConverter.micros(OPTIONAL, "infinity")).isEqualTo(9_223_372_036_825_200_000L);
        assertThat(TimestampConverter.micros(OPTIONAL, "-infinity")).isEqualTo(-9_223_372_036_832_400_000L);
        assertThatThrownBy(() -> TimestampConverter.micros(OPTIONAL, "tomorrow"))
                .hasMessage("column public.orders.at came as 'tomorrow'");
    }

    @Test
    void infinityIsWhatDebeziumWritesForIt() {
        assertThat(TimestampConverter.micros(OPTIONAL, OffsetDateTime.MAX)).isEqualTo(9_223_372_036_825_200_000L);
        assertThat(TimestampConverter.micros(OPTIONAL, OffsetDateTime.MIN)).isEqualTo(-9_223_372_036_832_400_000L);
    }

    @Test
    void absentValueIsNullWhereTheColumnTakesNull() {
        assertThat(TimestampConverter.micros(OPTIONAL, null)).isNull();
        assertThat(TimestampConverter.micros(column(false), null)).isZero();
    }

    @Test
    void valueOfAnotherKindIsNamed() {
        assertThatThrownBy(() -> TimestampConverter.micros(OPTIONAL, new Object()))
                .hasMessage("column public.orders.at came as java.lang.Object");
    }

    private static RelationalColumn column(boolean optional) {
        return (RelationalColumn) Proxy.newProxyInstance(
                TimestampConverterTest.class.getClassLoader(),
                new Class<?>[] {RelationalColumn.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isOptional" -> optional;
                    case "dataCollection" -> "public.orders";
                    case "name" -> "at";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

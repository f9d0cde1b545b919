package dev.tarn.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnavailableValuesTest {
    private final UnavailableValues values = new UnavailableValues(UnavailableValues.DEBEZIUM);

    @Test
    void placeholderIsRecognizedInEveryFormThatDebeziumSends() {
        byte[] bytes = UnavailableValues.DEBEZIUM.getBytes(StandardCharsets.UTF_8);
        List<Object> numbers = new ArrayList<>();
        for (byte b : bytes) {
            numbers.add((int) b);
        }

        assertThat(values.mark(UnavailableValues.DEBEZIUM)).isSameAs(Row.UNCHANGED);
        assertThat(values.mark(bytes)).isSameAs(Row.UNCHANGED);
        assertThat(values.mark(ByteBuffer.wrap(bytes))).isSameAs(Row.UNCHANGED);
        assertThat(values.mark(List.of(UnavailableValues.DEBEZIUM))).isSameAs(Row.UNCHANGED);
        assertThat(values.mark(List.of(bytes))).isSameAs(Row.UNCHANGED);
        assertThat(values.mark(numbers)).isSameAs(Row.UNCHANGED);
    }

    @Test
    void realValuesStay() {
        for (Object value : new Object[] {"text", new byte[] {1}, List.of(), List.of("a", "b"), List.of(1, 2), 7L}) {
            assertThat(values.mark(value)).isSameAs(value);
        }
        assertThat(values.mark(null)).isNull();
    }
}

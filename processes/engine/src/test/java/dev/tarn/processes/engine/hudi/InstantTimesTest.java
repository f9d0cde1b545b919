package dev.tarn.processes.engine.hudi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class InstantTimesTest {
    private final InstantTimes utc = new InstantTimes(ZoneOffset.UTC);

    @Test
    void instantsAreTimesOfTheTablesZone() {
        Instant time = Instant.parse("2026-11-22T10:30:00.123Z");

        assertThat(utc.parse("20261122103000123")).isEqualTo(time);
        assertThat(new InstantTimes(ZoneId.of("Asia/Tokyo")).parse("20261122193000123"))
                .isEqualTo(time);
        assertThat(utc.name(time)).isEqualTo("20261122103000123");
        assertThat(utc.parse("20261122103000")).isEqualTo(Instant.parse("2026-11-22T10:30:00Z"));
    }

    @Test
    void namesThatAreNoTimesHaveNone() {
        assertThat(utc.parse("00000000000000000")).isNull();
        assertThat(utc.parse("first")).isNull();
        assertThat(utc.parse(null)).isNull();
    }
}

package dev.tarn.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTimesTest {
    @Test
    void timesAndRatesAreReadAsUsersTypeThem() {
        assertThat(ReplayTimes.duration("750ms")).isEqualTo(Duration.ofMillis(750));
        assertThat(ReplayTimes.duration("10 min")).isEqualTo(Duration.ofMinutes(10));
        assertThat(ReplayTimes.rate("100/s")).isEqualTo(100);
        assertThat(ReplayTimes.rate("30/min")).isEqualTo(0.5);
        assertThat(ReplayTimes.moment("2021-09-08T00:00:00Z")).isEqualTo(Instant.parse("2021-09-08T00:00:00Z"));
        assertThat(ReplayTimes.moment("2021-09-08 02:00+02:00")).isEqualTo(Instant.parse("2021-09-08T00:00:00Z"));
        assertThat(ReplayTimes.moment("2021-09-08")).isEqualTo(Instant.parse("2021-09-08T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"750", "-1s", "1.5s", "999999d", "ms"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> ReplayTimes.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a time ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "0/s", "-1/s", "/s", "100/ms"})
    void whatIsNoRateIsRefused(String text) {
        assertThatThrownBy(() -> ReplayTimes.rate(text)).hasMessage("a rate such as 100/s or 30/min");
    }

    @Test
    void whatIsNoMomentIsRefused() {
        assertThatThrownBy(() -> ReplayTimes.moment("now")).hasMessage("a time such as 2021-09-08T00:00:00Z");
    }
}

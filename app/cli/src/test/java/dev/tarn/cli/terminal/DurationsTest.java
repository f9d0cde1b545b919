package dev.tarn.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"PT0.9S, 0s", "PT59S, 59s", "PT3M12S, 3m12s", "PT2H5M59S, 2h05m", "P4DT3H, 4d03h"})
    void twoLargestUnitsAreShown(Duration duration, String expected) {
        assertThat(Durations.format(duration)).isEqualTo(expected);
    }
}

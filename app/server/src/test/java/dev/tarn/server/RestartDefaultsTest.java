package dev.tarn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.services.RestartPolicy;
import dev.tarn.settings.LimitSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of services choose pauses of their own; this is what users have. */
class RestartDefaultsTest {
    @Test
    void crashedServiceIsStartedAfterOneTwoFourEightAndSixteenSeconds() {
        assertThat(RestartPolicy.fromPause(LimitSettings.DEFAULT.restartPause()).pauses())
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16));
    }
}

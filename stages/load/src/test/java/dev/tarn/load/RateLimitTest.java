package dev.tarn.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(5);

    @Test
    void rowsWaitForTheirTurn() {
        RateLimit limit = new RateLimit(1_000, clock::get);

        assertThat(limit.reserve(500)).isEqualTo(SECOND / 2);
        assertThat(limit.reserve(1_500)).isEqualTo(2 * SECOND);
        clock.addAndGet(2 * SECOND);
        assertThat(limit.reserve(100)).isEqualTo(SECOND / 10);
    }

    @Test
    void timeInWhichNobodyReadIsNotMadeUpFor() {
        RateLimit limit = new RateLimit(1_000, clock::get);
        clock.addAndGet(60 * SECOND);

        assertThat(limit.reserve(1_000)).isEqualTo(SECOND);
    }

    @Test
    void withoutALimitNobodyWaits() {
        RateLimit limit = new RateLimit(0, clock::get);

        assertThat(limit.reserve(Integer.MAX_VALUE)).isZero();
        assertThat(limit.reserve(Integer.MAX_VALUE)).isZero();
    }
}

package dev.tarn.store.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.connect.CommitTrigger.End;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitTriggerTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final CommitTrigger trigger = new CommitTrigger(Duration.ofSeconds(1), 100);

    @Test
    void changeAfterAQuietTimeWaitsOnlyForTheRestOfItsTransaction() {
        trigger.gathered(NOON);

        assertThat(trigger.untilDue(1, End.OPEN, NOON)).isEqualTo(Duration.ofMillis(50));
        assertThat(trigger.untilDue(1, End.OPEN, NOON.plusMillis(50))).isZero();
    }

    @Test
    void changesInAStreamAreCommittedOnceAnInterval() {
        trigger.committed(NOON);
        trigger.gathered(NOON.plusMillis(10));

        assertThat(trigger.untilDue(1, End.OPEN, NOON.plusMillis(300))).isEqualTo(Duration.ofMillis(950));
        assertThat(trigger.untilDue(1, End.OPEN, NOON.plusMillis(1250))).isZero();
    }

    @Test
    void completeSecondOfTheSourceIsCommittedWithoutWaitingForTheInterval() {
        trigger.committed(NOON);
        trigger.gathered(NOON.plusMillis(10));

        assertThat(trigger.untilDue(1, End.WHOLE_SECOND, NOON.plusMillis(300))).isEqualTo(Duration.ofMillis(200));
        assertThat(trigger.untilDue(1, End.WHOLE_SECOND, NOON.plusMillis(500))).isZero();
    }

    @Test
    void manyChangesAreCommittedAtOnce() {
        trigger.committed(NOON);
        trigger.gathered(NOON);

        assertThat(trigger.untilDue(100, End.OPEN, NOON)).isZero();
    }

    @Test
    void waitCountsFromTheFirstChangeThatIsNotCommitted() {
        trigger.gathered(NOON);
        trigger.gathered(NOON.plusMillis(40));

        assertThat(trigger.untilDue(2, End.OPEN, NOON.plusMillis(50))).isZero();
    }
}

package dev.tarn.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
    private static final int FIRST_BYTES = 1 << 10;

    private static KeyHash key(int number) {
        return KeyHash.of("key-" + number);
    }

    @Test
    void whatWasAddedIsNeverMissedAndMostOthersAreKnownNotToBeThere() {
        KeyFilter filter = new KeyFilter(FIRST_BYTES, 1 << 20);
        assertThat(filter.mayHold(key(0))).isFalse();
        // Through several parts, the largest 64 KiB.
        IntStream.range(0, 100_000).forEach(number -> filter.add(key(number)));

        assertThat(IntStream.range(0, 100_000)).allMatch(number -> filter.mayHold(key(number)));
        assertThat(IntStream.range(100_000, 200_000)
                        .filter(number -> filter.mayHold(key(number)))
                        .count())
                .isLessThan(10_000);
        assertThat(filter.memoryBytes()).isBetween(100_000L, 1L << 18);
    }

    @Test
    void keyThatIsAddedAgainTakesNoRoom() {
        KeyFilter filter = new KeyFilter(FIRST_BYTES, 1 << 20);
        for (int i = 0; i < 100; i++) {
            IntStream.range(0, 500).forEach(number -> filter.add(key(number)));
        }

        assertThat(filter.memoryBytes()).isEqualTo(FIRST_BYTES);
    }

    @Test
    void beyondItsSizeItKnowsNothingAndTakesNothing() {
        KeyFilter filter = new KeyFilter(FIRST_BYTES, 3 << 10);
        IntStream.range(0, 10_000).forEach(number -> filter.add(key(number)));

        assertThat(IntStream.range(0, 20_000)).allMatch(number -> filter.mayHold(key(number)));
        assertThat(filter.memoryBytes()).isZero();
    }
}

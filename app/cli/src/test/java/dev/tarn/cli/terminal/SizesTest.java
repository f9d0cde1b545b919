package dev.tarn.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void sizesHaveTwoOrThreeDigits() {
        assertThat(Sizes.format(0)).isEqualTo("0 B");
        assertThat(Sizes.format(1_023)).isEqualTo("1023 B");
        assertThat(Sizes.format(1_024)).isEqualTo("1.0 KiB");
        assertThat(Sizes.format(9_700)).isEqualTo("9.5 KiB");
        assertThat(Sizes.format(440_000)).isEqualTo("430 KiB");
        assertThat(Sizes.format(12L << 20)).isEqualTo("12 MiB");
        assertThat(Sizes.format(3L << 30)).isEqualTo("3.0 GiB");
        assertThat(Sizes.format(5L << 50)).isEqualTo("5120 TiB");
    }

    @Test
    void positionsAreWrittenAsPostgresDoes() {
        assertThat(Lsns.format(0x2A3F10)).isEqualTo("0/2A3F10");
        assertThat(Lsns.format((0x16L << 32) + 0xB374D848L)).isEqualTo("16/B374D848");
        assertThat(Lsns.format(-1)).isEqualTo("FFFFFFFF/FFFFFFFF");
    }

    @Test
    void shortTimesAreFine() {
        assertThat(Durations.formatMillis(42)).isEqualTo("42ms");
        assertThat(Durations.formatMillis(4_250)).isEqualTo("4.2s");
        assertThat(Durations.formatMillis(192_000)).isEqualTo("3m12s");
    }
}

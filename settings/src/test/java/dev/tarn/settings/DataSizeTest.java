package dev.tarn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @Test
    void unitsAreStepsOf1024() {
        assertThat(DataSize.parse("7 B").bytes()).isEqualTo(7);
        assertThat(DataSize.parse("7 KiB").bytes()).isEqualTo(7L << 10);
        assertThat(DataSize.parse("7MiB").bytes()).isEqualTo(7L << 20);
        assertThat(DataSize.parse("7 GiB").bytes()).isEqualTo(7L << 30);
        assertThat(DataSize.parse("7 TiB").bytes()).isEqualTo(7L << 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 B", "1 B", "1023 B", "1 KiB", "1536 MiB", "1 GiB", "2048 TiB"})
    void printsTheLargestWholeUnitAndReadsItBack(String text) {
        assertThat(DataSize.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512", "512 MB", "1.5 GiB", "-1 B", "1  KiB", "9000000 TiB", "9999999999999999999 B"})
    void refusesWhatItCannotHold(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessage("must be a size such as 512 MiB");
    }

    @Test
    void ordersBySize() {
        assertThat(DataSize.parse("1 GiB")).isGreaterThan(DataSize.mebibytes(512));
        assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1)).withMessage("must not be negative");
    }
}

package dev.tarn.processes.engine.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    @Test
    void eachFormIsAKindOfItsOwn() {
        assertThat(Moment.parse("20261122103000123")).isEqualTo(new Moment.Instant("20261122103000123"));
        assertThat(Moment.parse("20261122103000")).isEqualTo(new Moment.Instant("20261122103000"));
        assertThat(Moment.parse("-7d")).isEqualTo(new Moment.Ago(Duration.ofDays(7)));
        assertThat(Moment.parse("0/2A3F10")).isEqualTo(new Moment.Lsn(2_768_656));
        assertThat(Moment.parse("16/b374d848")).isEqualTo(new Moment.Lsn(0x16_B374_D848L));
        assertThat(Moment.parse(" NOW ")).isEqualTo(new Moment.Now());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.123456, 2026-11-22T10:00:00.123456Z",
        "2026-11-22 10:00, 2026-11-22T10:00:00Z",
        "2026-11-22T12:00:00+02:00, 2026-11-22T10:00:00Z",
        "2026-11-22t12:00:00+02, 2026-11-22T10:00:00Z",
        "2026-11-22, 2026-11-22T00:00:00Z",
    })
    void timesWithoutAZoneAreInUtc(String text, String time) {
        assertThat(Moment.parse(text)).isEqualTo(new Moment.Time(Instant.parse(time)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"20261122103000123", "2026-11-22T10:00:00Z", "-45s", "-90m", "-2h", "-7d", "16/B374D848", "now"})
    void momentIsWrittenAsItIsRead(String text) {
        assertThat(Moment.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2h",
                "-2w",
                "20261322103000123",
                "2026112210300012",
                "2026-02-30",
                "2026-11-22T25:00",
                "2026-11-2210:00",
                "2026-11-22T 10:00",
                "0/2A3F10AAA",
                "0x2A"
            })
    void allElseIsRefusedWithTheFormsThatThereAre(String text) {
        assertThatThrownBy(() -> Moment.parse(text))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Cannot read moment '" + text + "': it is none of the forms of a moment. Give a time"
                        + " (2026-11-22T10:00:00Z, '2026-11-22 10:00' or 2026-11-22; without a zone it is UTC), a span"
                        + " before now (-45s, -30m, -2h, -7d), an instant of the table (20261122103000123), a position"
                        + " in the source's log (0/2A3F10), or 'now'.")
                .extracting("code")
                .isEqualTo("MOMENT");
    }
}

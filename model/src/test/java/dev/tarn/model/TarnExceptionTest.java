package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TarnExceptionTest {
    @Test
    void messageEndsWithItsCode() {
        TarnException error = new TarnException(
                ErrorKind.USER, "LAKE_MISSING", "Cannot find a lake in '/tmp': no lake.yaml. Run 'tarn init /tmp'.");

        assertThat(error)
                .hasMessage("Cannot find a lake in '/tmp': no lake.yaml. Run 'tarn init /tmp'. [LAKE_MISSING]");
        assertThat(error.kind().exitCode()).isEqualTo(2);
    }

    @Test
    void everyKindHasItsOwnExitCode() {
        assertThat(ErrorKind.values())
                .extracting(ErrorKind::exitCode)
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }
}

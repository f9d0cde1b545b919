package dev.tarn.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePatternTest {
    @ParameterizedTest
    @CsvSource({
        "public.artists, public, artists, true",
        "public.artists, public, Artists, false",
        "public.art*, public, artworks, true",
        "public.*_log, public, visit_log, true",
        "public.*_log, public, visit_logs, false",
        "*.artists, tate, artists, true",
        "public.a+, public, aa, false",
    })
    void starStandsForAnyLetters(String pattern, String schema, String table, boolean matches) {
        assertThat(TablePattern.parse(pattern).matches(schema, table)).isEqualTo(matches);
        assertThat(TablePattern.parse(pattern)).hasToString(pattern);
        assertThat(TablePattern.parse(pattern).isPattern()).isEqualTo(pattern.contains("*"));
    }
}

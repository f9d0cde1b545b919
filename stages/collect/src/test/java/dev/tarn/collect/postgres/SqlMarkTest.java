package dev.tarn.collect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlMarkTest {
    @Test
    void markStandsBelowThePlaceInItsLine() {
        assertThat(SqlMark.at("SELECT *\nFROM elsewere", 15)).isEqualTo("\nline 2: FROM elsewere\n             ^");
    }

    @Test
    void positionsCountCharactersNotHalvesOfThem() {
        assertThat(SqlMark.at("SELECT '🎨' x y", 14)).endsWith("\n                     ^");
    }

    @Test
    void unknownPlaceHasNoMark() {
        assertThat(SqlMark.at("SELECT", 0)).isEmpty();
        assertThat(SqlMark.at("SELECT", 99)).isEmpty();
    }
}

package dev.tarn.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({"key,key,0", "storge,storage,1", "kafak,kafka,1", "tabel,table,1", "ur,url,1", "'',abc,3", "red,key,2"})
    void distanceCountsSlips(String written, String meant, int slips) {
        assertThat(Spelling.distance(written, meant)).isEqualTo(slips);
        assertThat(Spelling.distance(meant, written)).isEqualTo(slips);
    }

    @Test
    void nearestOfSeveralIsNamed() {
        assertThat(Spelling.nearest("tables", List.of("table", "tables", "cables")))
                .hasValue("tables");
        assertThat(Spelling.nearest("red", List.of("key"))).isEmpty();
    }
}

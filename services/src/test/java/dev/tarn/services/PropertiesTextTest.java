package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Map<String, String> settings = Map.of(
                "plain", "value",
                "a key=with:all #!", "  two blanks before, one after ",
                "#comment", "C:\\tarn\nnext\r\tline\f",
                "!other", "#no comment",
                "name", "Käthe = 1: ✓");

        Properties read = new Properties();
        read.load(new StringReader(PropertiesText.of(settings)));

        assertThat(read).containsExactlyInAnyOrderEntriesOf(settings);
    }

    @Test
    void equalSettingsGiveEqualText() {
        assertThat(PropertiesText.of(Map.of("b", "2", "a", "1"))).isEqualTo("a=1\nb=2\n");
    }
}

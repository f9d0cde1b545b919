package dev.tarn.generate.museum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRowsTest {
    static Row parse(MuseumTable table, String line) throws IOException {
        try (Rows rows = FileRows.open(
                table, Path.of("x.csv"), new BufferedReader(new StringReader(table.header() + "\n" + line)))) {
            return Objects.requireNonNull(rows.next());
        }
    }

    @Test
    void quotesHoldWhatWouldDivideFields() throws IOException {
        assertThat(parse(MuseumTable.ARTISTS, "7|\"A \"\"B\"\" | C\"|||1950|"))
                .isEqualTo(new Row(Arrays.asList("7", "A \"B\" | C", null, null, "1950", null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1|x|French~has 3 fields, not 6. Fields are divided by |; one that holds a | stands in double quotes.",
                "x|x||||~artist_id 'x' is no whole number of 32 bits.",
                "|x||||~has no artist_id. Each row needs one.",
                "1|||||~has no name. Each row needs one.",
                "1|\"x||||~opens a double quote that it does not close. A field ends on the line where it begins.",
                "1|\"x\"y||||~goes on behind the closing quote of field 2. Write a double quote within quotes twice.",
                "1|x|||19th|~birth_year '19th' is no whole number of 32 bits."
            })
    void badLineIsNamedWithItsNumberAndReason(String line, String reason) {
        assertThatThrownBy(() -> parse(MuseumTable.ARTISTS, line))
                .isInstanceOf(MuseumFileException.class)
                .hasMessage("Cannot read 'x.csv': line 2 " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "7~1964-13-01~acquisition_date '1964-13-01' is no day such as 1964-10-06.",
                "15~1.12345678901~height_cm '1.12345678901' has more digits than 8 before the point or 10 behind it.",
                "15~123456789~height_cm '123456789' has more digits than 8 before the point or 10 behind it.",
                "15~tall~height_cm 'tall' is no number."
            })
    void badValueIsNamed(int column, String value, String reason) {
        String[] values = new String[21];
        Arrays.fill(values, "");
        values[0] = "1";
        values[2] = "2";
        values[11] = "Print";
        values[column] = value;

        assertThatThrownBy(() -> parse(MuseumTable.ARTWORKS, String.join("|", values)))
                .hasMessage("Cannot read 'x.csv': line 2 " + reason);
    }
}

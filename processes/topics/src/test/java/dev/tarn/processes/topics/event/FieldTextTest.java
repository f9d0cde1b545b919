package dev.tarn.processes.topics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {
    private static final String DECIMAL = "{'type':'bytes','logicalType':'decimal','precision':5,'scale':2}";
    private static final String MICROS = "{'type':'long','logicalType':'timestamp-micros'}";

    private static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    @Test
    void decimalKeepsItsScaleAndIsNeverRounded() {
        assertThat(FieldText.parse(schema(DECIMAL), "5.9")).isEqualTo(new BigDecimal("5.90"));
        assertThat(FieldText.parse(schema(DECIMAL), "138.800")).isEqualTo(new BigDecimal("138.80"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {'type':'bytes','logicalType':'decimal','precision':5,'scale':2} | 5.999 | has more than the 2 decimals of decimal(5,2)
        {'type':'bytes','logicalType':'decimal','precision':5,'scale':2} | 1234.5 | has more digits than decimal(5,2)
        {'type':'bytes','logicalType':'decimal','precision':5,'scale':2} | 5,99 | is no decimal(5,2)
        'int' | 2147483648 | is no int
        'long' | 1.0 | is no long
        'boolean' | yes | is neither true nor false
        {'type':'int','logicalType':'date'} | 2021-02-30 | is no date that there is
        {'type':'long','logicalType':'timestamp-millis'} | 2021-05-08 21:21:56.996577+00 | is finer than millis
        {'type':'long','logicalType':'timestamp-micros'} | yesterday | is no time such as 2021-05-08 21:21:56.996577+00
        {'type':'long','logicalType':'timestamp-micros'} | 2021-13-01 00:00 | is no time that there is
        {'type':'enum','name':'E','symbols':['A','B']} | C | is none of [A, B]
        {'type':'string','logicalType':'uuid'} | 1-1-1-1-1 | is no uuid
        """)
    void whatATypeCannotHoldIsRefused(String type, String text, String reason) {
        assertThatThrownBy(() -> FieldText.parse(schema(type), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @Test
    void timesOfTheSampleAreExactToTheMicrosecond() {
        Instant expected = Instant.parse("2021-05-08T21:21:56.996577Z");

        assertThat(FieldText.parse(schema(MICROS), "2021-05-08 21:21:56.996577 +00:00"))
                .isEqualTo(expected);
        assertThat(FieldText.parse(schema(MICROS), "2021-05-08 21:21:56.996577+00"))
                .isEqualTo(expected);
        assertThat(FieldText.parse(schema(MICROS), "2021-05-08T23:21:56.996577+0200"))
                .isEqualTo(expected);
        assertThat(FieldText.parse(schema(MICROS), "2021-05-08 21:21:56.996577"))
                .isEqualTo(expected);
    }

    @Test
    void emptyTextIsNullWhereThereIsNullAndATextWhereThereIsNone() {
        assertThat(FieldText.parse(schema("['null','int']"), "")).isNull();
        assertThat(FieldText.parse(schema("['null','int']"), "7")).isEqualTo(7);
        assertThat(FieldText.parse(schema("'string'"), "")).isEqualTo("");
    }

    @Test
    void typesThatNoColumnHoldsAreKnown() {
        assertThat(FieldText.fits(schema("{'type':'array','items':'int'}"))).isFalse();
        assertThat(FieldText.fits(schema("['null','int','string']"))).isFalse();
        assertThat(FieldText.fits(schema("'bytes'"))).isFalse();
        assertThat(FieldText.fits(schema("['null'," + DECIMAL + "]"))).isTrue();
    }
}

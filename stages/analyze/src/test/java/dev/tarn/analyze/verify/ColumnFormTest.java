package dev.tarn.analyze.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL writes and what the lake holds come to the same; one test for each way in which they differ. */
class ColumnFormTest {
    @Test
    void everyTypeThatFlowsIntoTheLakeHasAForm() {
        for (String type : List.of("int2", "int4", "int8", "oid")) {
            assertThat(form(type, "bigint")).isEqualTo(ValueForm.INTEGER);
        }
        assertThat(form("bool", "boolean")).isEqualTo(ValueForm.BOOLEAN);
        assertThat(form("bit", "boolean")).isEqualTo(ValueForm.BIT);
        assertThat(form("bit", "binary")).isEqualTo(ValueForm.BITS);
        assertThat(form("numeric", "decimal(12,4)")).isEqualTo(ValueForm.DECIMAL);
        assertThat(form("money", "decimal(38,2)")).isEqualTo(ValueForm.DECIMAL);
        assertThat(form("numeric", "string")).isEqualTo(ValueForm.DECIMAL);
        assertThat(form("float4", "float")).isEqualTo(ValueForm.FLOAT);
        assertThat(form("float4", "double")).isEqualTo(ValueForm.DOUBLE);
        assertThat(form("bytea", "binary")).isEqualTo(ValueForm.BYTES);
        assertThat(form("timestamptz", "timestamp")).isEqualTo(ValueForm.TIMESTAMP);
        assertThat(form("timetz", "string")).isEqualTo(ValueForm.TIME_WITH_ZONE);
        for (String type :
                List.of("text", "varchar", "bpchar", "uuid", "json", "jsonb", "xml", "inet", "time", "ltree")) {
            assertThat(form(type, "string")).as(type).isEqualTo(ValueForm.TEXT);
        }
        assertThat(ColumnForm.of("mood", true, true, "array<string>")).contains(new ColumnForm(ValueForm.TEXT, true));
    }

    private static ValueForm form(String type, String lake) {
        return ColumnForm.of(type, false, false, lake).orElseThrow().value();
    }

    @Test
    void typesThatDoNotMeetHaveNone() {
        assertThat(ColumnForm.of("geometry", false, false, "string")).isEmpty();
        assertThat(ColumnForm.of("int4", false, false, "double")).isEmpty();
        assertThat(ColumnForm.of("int4", false, true, "int")).isEmpty();
        assertThat(ColumnForm.of("vector", false, false, "array<double>")).isEmpty();
    }

    @Test
    void formsGoOverTheWireByTheirNames() {
        for (ValueForm form : ValueForm.values()) {
            ColumnForm list = new ColumnForm(form, true);
            assertThat(ColumnForm.parse(list.toString())).isEqualTo(list);
        }
    }

    @Test
    void scaleOfADecimalDoesNotCount() {
        for (String text : List.of("1.50", "1.5", "1.5000")) {
            assertThat(ValueForm.DECIMAL.ofSource(text)).isEqualTo(ValueForm.ofDecimal(new BigDecimal("1.500")));
        }
        assertThat(ValueForm.DECIMAL.ofSource("100")).isEqualTo("100");
        assertThat(ValueForm.DECIMAL.ofSource("0.00")).isEqualTo(ValueForm.ofDecimal(new BigDecimal("0E-4")));
        assertThat(ValueForm.DECIMAL.ofSource("-0.0")).isEqualTo("0");
        assertThat(ValueForm.DECIMAL.ofSource("NaN")).isEqualTo(ValueForm.DECIMAL.ofLakeText("NaN"));
        assertThat(ValueForm.ofDecimal(new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @Test
    void floatsAreEqualWhenTheirBitsAreOrWhenPostgresCallsThemEqual() {
        for (double value : new double[] {1.1, 1e20, -2.5e-300, Double.MAX_VALUE, Double.MIN_VALUE, 0.1 + 0.2}) {
            assertThat(ValueForm.DOUBLE.ofSource(Double.toString(value))).isEqualTo(ValueForm.ofDouble(value));
        }
        assertThat(ValueForm.DOUBLE.ofSource("1e+20")).isEqualTo(ValueForm.ofDouble(1e20));
        assertThat(ValueForm.DOUBLE.ofSource("-0")).isEqualTo(ValueForm.ofDouble(0.0));
        assertThat(ValueForm.DOUBLE.ofSource("NaN")).isEqualTo(ValueForm.ofDouble(Double.NaN));
        assertThat(ValueForm.DOUBLE.ofSource("-Infinity")).isEqualTo(ValueForm.ofDouble(Double.NEGATIVE_INFINITY));
        assertThat(ValueForm.DOUBLE.ofSource("0.3")).isNotEqualTo(ValueForm.ofDouble(0.1 + 0.2));
        // 1.1 in four bytes, as PostgreSQL shows it in eight.
        assertThat(ValueForm.FLOAT.ofSource("1.100000023841858")).isEqualTo(ValueForm.ofFloat(1.1f));
        assertThat(ValueForm.DOUBLE.ofSource("1.100000023841858")).isEqualTo(ValueForm.ofDouble(1.1f));
    }

    @Test
    void datesAndTimesAreMicrosecondsInUtc() {
        assertThat(ValueForm.ofDate(LocalDate.of(2024, 2, 29).toEpochDay())).isEqualTo("2024-02-29");
        assertThat(ValueForm.ofDate(LocalDate.of(-43, 3, 15).toEpochDay())).isEqualTo("0044-03-15 BC");
        assertThat(ValueForm.ofDate(LocalDate.of(12024, 1, 2).toEpochDay())).isEqualTo("12024-01-02");
        assertThat(ValueForm.TIMESTAMP.ofSource("2024-02-29 12:34:56.789012+00"))
                .isEqualTo(ValueForm.ofTimestamp(micros("2024-02-29T12:34:56.789012Z")));
        assertThat(ValueForm.TIMESTAMP.ofSource("2024-02-29 12:34:56.7"))
                .isEqualTo(ValueForm.ofTimestamp(micros("2024-02-29T12:34:56.7Z")));
        assertThat(ValueForm.TIMESTAMP.ofSource("1969-12-31 23:59:59"))
                .isEqualTo(ValueForm.ofTimestamp(micros("1969-12-31T23:59:59Z")));
        assertThat(ValueForm.TIMESTAMP.ofSource("0044-03-15 12:00:00.5+00 BC"))
                .isEqualTo(ValueForm.ofTimestamp(micros("-0043-03-15T12:00:00.5Z")));
        assertThat(ValueForm.TIMESTAMP.ofSource("infinity"))
                .isEqualTo(ValueForm.ofTimestamp(9_223_372_036_825_200_000L));
        assertThat(ValueForm.TIMESTAMP.ofSource("-infinity"))
                .isEqualTo(ValueForm.ofTimestamp(-9_223_372_036_832_400_000L));
    }

    private static long micros(String instant) {
        Instant time = Instant.parse(instant);
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    @Test
    void timesOfDayWithZoneAreInUtc() {
        assertThat(ValueForm.TIME_WITH_ZONE.ofSource("12:34:56+02")).isEqualTo("10:34:56+00");
        assertThat(ValueForm.TIME_WITH_ZONE.ofLakeText("10:34:56Z")).isEqualTo("10:34:56+00");
        assertThat(ValueForm.TIME_WITH_ZONE.ofLakeText("10:34Z")).isEqualTo("10:34:00+00");
        assertThat(ValueForm.TIME_WITH_ZONE.ofSource("23:30:00.25-05:30")).isEqualTo("05:00:00.25+00");
    }

    @Test
    void partsOfASpanThatAreZeroNeedNotBeSaid() {
        assertThat(ValueForm.INTERVAL.ofSource("P1Y2M3DT4H5M6S"))
                .isEqualTo(ValueForm.INTERVAL.ofLakeText("P1Y2M3DT4H5M6S"))
                .isEqualTo("P14M3DT14706S");
        assertThat(ValueForm.INTERVAL.ofSource("PT4H")).isEqualTo(ValueForm.INTERVAL.ofLakeText("P0Y0M0DT4H0M0S"));
        assertThat(ValueForm.INTERVAL.ofSource("PT-0.5S"))
                .isEqualTo(ValueForm.INTERVAL.ofLakeText("P0Y0M0DT0H0M-0.500000S"));
        assertThat(ValueForm.INTERVAL.ofSource("P1M")).isNotEqualTo(ValueForm.INTERVAL.ofSource("P30D"));
        assertThat(ValueForm.INTERVAL.ofSource("P1D")).isNotEqualTo(ValueForm.INTERVAL.ofSource("PT24H"));
    }

    @Test
    void bytesAndBitsAreHexadecimal() {
        assertThat(ValueForm.BYTES.ofBytes(new byte[] {(byte) 0xde, 1})).isEqualTo("\\xde01");
        // The last bit is the lowest of the first byte, and bytes without any do not show how many bits there are.
        assertThat(ValueForm.BITS.ofSource("0000000110101010"))
                .isEqualTo(ValueForm.BITS.ofBytes(new byte[] {(byte) 0xaa, 1}));
        assertThat(ValueForm.BITS.ofSource("000000001")).isEqualTo(ValueForm.BITS.ofBytes(new byte[] {1}));
        assertThat(ValueForm.BIT.ofSource("1")).isEqualTo(ValueForm.ofBoolean(true));
    }

    @Test
    void pointsMapsAndRangesAreWhatTheyHold() {
        assertThat(ValueForm.POINT.ofSource("(1.5,1e+20)"))
                .isEqualTo(ValueForm.POINT.ofLakeText("(1.5,100000000000000000000)"));
        assertThat(ValueForm.HSTORE.ofSource("\"b\"=>NULL, \"a\"=>\"x \\\"y\\\" \\\\\""))
                .isEqualTo(ValueForm.HSTORE.ofLakeText("{\"a\":\"x \\\"y\\\" \\\\\",\"b\":null}"));
        assertThat(ValueForm.HSTORE.ofSource("\"k\"=>\"n\\\\n\""))
                .isEqualTo(ValueForm.HSTORE.ofLakeText("{\"k\": \"n\\\\n\"}"));
        assertThat(ValueForm.HSTORE.ofSource("\"k\"=>\"\n\u0001\""))
                .isEqualTo(ValueForm.HSTORE.ofLakeText("{\"k\":\"\\n\\u0001\"}"));
        assertThat(ValueForm.HSTORE.ofSource("")).isEqualTo(ValueForm.HSTORE.ofLakeText("{}"));
        assertThat(ValueForm.TIME_RANGE.ofSource("[\"2024-01-01 00:00:00+00\",\"2024-01-02 00:00:00+00\")"))
                .isEqualTo(ValueForm.TIME_RANGE.ofLakeText("[\"2024-01-01 01:00:00+01\",\"2024-01-02 01:00:00+01\")"));
        assertThat(ValueForm.TIME_RANGE.ofSource("(,infinity)")).isEqualTo("(,infinity)");
    }

    @Test
    void listsAreListsOfTheirElementsForms() {
        ColumnForm decimals = new ColumnForm(ValueForm.DECIMAL, true);
        assertThat(decimals.ofSource("{1.50,NULL,2}"))
                .isEqualTo(ColumnForm.ofElements(Arrays.asList("1.5", null, "2")));
        ColumnForm texts = new ColumnForm(ValueForm.TEXT, true);
        assertThat(texts.ofSource("{a,\"b c\",\"NULL\",NULL,\"x\\\"\\\\y\",\"\"}"))
                .isEqualTo(ColumnForm.ofElements(Arrays.asList("a", "b c", "NULL", null, "x\"\\y", "")));
        assertThat(texts.ofSource("{}")).isEqualTo(ColumnForm.ofElements(List.of()));
        assertThat(texts.ofSource("[0:1]={a,b}")).isEqualTo(ColumnForm.ofElements(List.of("a", "b")));
        assertThat(texts.ofSource("{NULL}")).isNotEqualTo(texts.ofSource("{\"NULL\"}"));
    }
}

package dev.tarn.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.load.TestDatabase.Server;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values come as Debezium's snapshot and the lake sink make them; these were seen to. */
@ExtendWith(TestDatabase.class)
class ColumnValuesTest {
    private final Server server;

    ColumnValuesTest(Server server) {
        this.server = server;
    }

    @Test
    void wholeNumbers() throws Exception {
        assertColumn("smallint", "int", List.of("-32768", "32767"), List.of(-32768, 32767));
        assertColumn("int", "int", List.of("-2147483648", "2147483647"), List.of(Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertColumn(
                "bigint",
                "long",
                List.of("-9223372036854775808", "9223372036854775807"),
                List.of(Long.MIN_VALUE, Long.MAX_VALUE));
        assertColumn("oid", "long", List.of("0", "4294967295"), List.of(0L, 4_294_967_295L));
        assertColumn("boolean", "boolean", List.of("t", "f"), List.of(true, false));
    }

    @Test
    void floats() throws Exception {
        assertColumn(
                "real",
                "float",
                List.of("0.1", "-0", "NaN", "-Infinity", "1e-40"),
                List.of(0.1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, 1e-40f));
        assertColumn(
                "double precision",
                "double",
                List.of("0.1", "-0", "NaN", "Infinity", "4.9e-324"),
                List.of(0.1, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE));
    }

    @Test
    void decimals() throws Exception {
        assertDecimals("numeric(12,2)", "decimal(12,2)", "-9999999999.99", "0.00", "100.00", "-0.01", "10000.10");
        assertDecimals("numeric(18,4)", "decimal(18,4)", "99999999999999.9999", "-99999999999999.9999", "0.0001");
        assertDecimals(
                "numeric(38,10)",
                "decimal(38,10)",
                "-9999999999999999999999999999.9999999999",
                "0.0000000001",
                "0.0000000000");
        assertDecimals("numeric(20,20)", "decimal(20,20)", "0.00000000000000000001", "-0.50000000000000000000");
        assertDecimals("numeric(38)", "decimal(38,0)", "12345678901234567890123456789012345678", "-10000");
        assertDecimals("money", "decimal(38,2)", "-92233720368547758.08", "0.01");
        assertColumn(
                "numeric",
                "string",
                List.of("123.4500", "100000", "1e30", "1e-20", "0.000", "-12345678901234567890.1234567890"),
                List.of(
                        "123.45",
                        "100000",
                        "1000000000000000000000000000000",
                        "0.00000000000000000001",
                        "0",
                        "-12345678901234567890.123456789"));
    }

    @Test
    void decimalsAtRandom() throws Exception {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt());
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT setseed(" + seed / 2_147_483_648.0 + ")");
            statement.execute("""
                    DROP TABLE IF EXISTS random_decimals; CREATE TABLE random_decimals AS
                    SELECT i AS id, (random() * 2 - 1)::numeric * 10::numeric ^ (random() * 15)::int AS free,
                        ((random() * 2 - 1)::numeric * 10::numeric ^ (random() * 11)::int)::numeric(18,6) AS short,
                        ((random() * 2 - 1)::numeric * 10::numeric ^ (random() * 27)::int)::numeric(38,9) AS long
                    FROM generate_series(1, 2000) i""");
            Copied copied = Copied.of(server.table("random_decimals"));
            List<BigDecimal> shortOnes = new ArrayList<>();
            List<BigDecimal> longOnes = new ArrayList<>();
            List<String> free = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT short, long, trim_scale(free) FROM random_decimals ORDER BY id")) {
                while (rows.next()) {
                    shortOnes.add(rows.getBigDecimal(1));
                    longOnes.add(rows.getBigDecimal(2));
                    free.add(rows.getString(3));
                }
            }
            assertThat(copied.values("short")).as("seed %d", seed).isEqualTo(shortOnes);
            assertThat(copied.values("long")).as("seed %d", seed).isEqualTo(longOnes);
            assertThat(copied.values("free")).as("seed %d", seed).isEqualTo(free);
        }
    }

    @Test
    void texts() throws Exception {
        assertColumn(
                "text",
                "string",
                List.of("", "Déjà 漢字 🎨 \\ \"'\n", "\uFFFD"),
                List.of("", "Déjà 漢字 🎨 \\ \"'\n", "\uFFFD"));
        assertStrings("varchar(5)", "abc", "");
        assertColumn("char(5)", "string", List.of("ab"), List.of("ab   "));
        assertColumn("\"char\"", "string", List.of("z", "", "\\377"), List.of("z", "", "\\377"));
        assertStrings("json", "{\"a\":  1, \"a\":2}", "null");
        assertColumn("jsonb", "string", List.of("{\"b\":2,\"a\":[1, 2.50]}"), List.of("{\"a\": [1, 2.50], \"b\": 2}"));
        assertColumn(
                "xml",
                "string",
                List.of("<a>&lt;</a>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><r/>"),
                List.of("<a>&lt;</a>", "<r/>"));
        assertStrings("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "ffffffff-ffff-ffff-ffff-ffffffffffff");
        assertStrings("tsvector", "'a' 'cat':1 'fat':2A", "");
        assertStrings("inet", "10.0.0.1", "10.0.0.1/24", "::1", "fe80::1/64");
        assertStrings("cidr", "10.0.0.0/8", "10.0.0.1/32", "::/0");
        assertStrings("macaddr", "08:00:2b:01:02:03");
        assertStrings("macaddr8", "08:00:2b:01:02:03:04:05");
    }

    @Test
    void typesOfTheUserAndOfExtensions() throws Exception {
        server.execute("""
                DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('sad', 'it''s "ok"');
                DROP DOMAIN IF EXISTS price CASCADE; CREATE DOMAIN price AS numeric(8,3);
                DROP DOMAIN IF EXISTS fair_price CASCADE; CREATE DOMAIN fair_price AS price CHECK (value > 0);
                DROP DOMAIN IF EXISTS counts CASCADE; CREATE DOMAIN counts AS int[];
                CREATE EXTENSION IF NOT EXISTS citext; CREATE EXTENSION IF NOT EXISTS hstore;
                CREATE EXTENSION IF NOT EXISTS ltree""");
        assertStrings("mood", "sad", "it's \"ok\"");
        assertDecimals("fair_price", "decimal(8,3)", "99999.999");
        assertColumn("counts", "list<int>", List.of("{1,2}"), List.of(List.of(1, 2)));
        assertStrings("citext", "CiText", "");
        assertStrings("ltree", "Top.Sub_1", "");
        assertColumn(
                "hstore",
                "string",
                List.of(
                        "a=>1, b=>NULL, \"c d\"=>\"x\\\"y\\\\\\\\z\"",
                        "",
                        "\"{}\"=>\"[]\", a=>\"1\n\u0001\t\u001F\u2028\""),
                List.of(
                        "{\"a\":\"1\",\"b\":null,\"c d\":\"x\\\"y\\\\\\\\z\"}",
                        "{}",
                        "{\"a\":\"1\\n\\u0001\\t\\u001F\u2028\",\"{}\":\"[]\"}"));
    }

    @Test
    void bytesAndBits() throws Exception {
        server.execute(
                "DROP TABLE IF EXISTS bits; CREATE TABLE bits (id int, c bytea, one bit, many bit(12), free varbit,"
                        + " single varbit(1)); INSERT INTO bits VALUES (1, '\\x00ff', B'1', B'101010100001', B'1111111111111111111', B'0'),"
                        + " (2, '', B'0', B'000000000000', B'', B'1')");

        Copied copied = Copied.of(server.table("bits"));

        assertThat(copied.values("c")).containsExactly(new byte[] {0, -1}, new byte[0]);
        assertThat(copied.values("one")).containsExactly(true, false);
        assertThat(copied.values("many")).containsExactly(new byte[] {(byte) 0xa1, 0x0a}, new byte[0]);
        assertThat(copied.values("free")).containsExactly(new byte[] {-1, -1, 7}, new byte[0]);
        assertThat(copied.values("single")).containsExactly(false, true);
        assertThat(copied.type("many")).isEqualTo("bytes");
    }

    @Test
    void datesAndTimes() throws Exception {
        assertColumn(
                "date",
                "date",
                List.of("2024-02-29", "0001-01-01", "1582-10-10", "0044-03-15 BC", "5874897-12-31"),
                List.of(
                        LocalDate.of(2024, 2, 29),
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(1582, 10, 10),
                        LocalDate.of(-43, 3, 15),
                        LocalDate.of(5_874_897, 12, 31)));
        List<@Nullable Object> times = List.of(
                Instant.parse("2024-02-29T12:34:56.789012Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("-0043-03-15T12:00:00Z"),
                Instant.EPOCH.plus(9_223_372_036_825_200_000L, ChronoUnit.MICROS),
                Instant.EPOCH.plus(-9_223_372_036_832_400_000L, ChronoUnit.MICROS));
        assertColumn(
                "timestamp",
                "timestamp",
                List.of(
                        "2024-02-29 12:34:56.789012",
                        "1969-12-31 23:59:59.999999",
                        "0044-03-15 12:00:00 BC",
                        "infinity",
                        "-infinity"),
                times);
        assertColumn(
                "timestamptz",
                "timestamp",
                List.of(
                        "2024-02-29 14:34:56.789012+02",
                        "1969-12-31 23:59:59.999999+00",
                        "0044-03-15 12:00:00+00 BC",
                        "infinity",
                        "-infinity"),
                times);
        assertColumn(
                "time",
                "string",
                List.of("12:34:56.789012", "24:00:00", "10:00:00.1", "00:00"),
                List.of("12:34:56.789012", "24:00:00", "10:00:00.1", "00:00:00"));
        assertColumn(
                "timetz",
                "string",
                List.of("12:34:56.5+02", "24:00:00+02", "00:00:00+15:59", "23:59:59.999999-15:59", "12:00:00.1+05:45"),
                List.of("10:34:56.5Z", "22:00:00Z", "08:01:00Z", "15:58:59.999999Z", "06:15:00.1Z"));
        assertColumn(
                "interval",
                "string",
                List.of(
                        "1 year 2 mons 3 days 04:05:06.7",
                        "-1 mons -04:00:00.5",
                        "00:00:00",
                        "-0.000001 seconds",
                        "-178000000 years -11 mons",
                        "123456.789 sec",
                        "20 sec"),
                List.of(
                        "P1Y2M3DT4H5M6.7S",
                        "P0Y-1M0DT-4H0M-0.5S",
                        "P0Y0M0DT0H0M0S",
                        "P0Y0M0DT0H0M-0.000001S",
                        "P-178000000Y-11M0DT0H0M0S",
                        "P0Y0M0DT34H17M36.789S",
                        "P0Y0M0DT0H0M20S"));
    }

    @Test
    void rangesAndPoints() throws Exception {
        assertColumn("int4range", "string", List.of("[1,5]", "empty", "(,)"), List.of("[1,6)", "empty", "(,)"));
        assertStrings("numrange", "[1.5,2.50)");
        assertColumn(
                "tstzrange",
                "string",
                List.of("[2024-01-01 00:00:00+02,2024-01-02)"),
                List.of("[\"2023-12-31 22:00:00+00\",\"2024-01-02 00:00:00+00\")"));
        assertStrings("tsrange", "[\"2024-01-01 00:00:00 BC\",)", "(,infinity)");
        assertColumn("daterange", "string", List.of("[2024-01-01,2024-01-05]"), List.of("[2024-01-01,2024-01-06)"));
        assertColumn("int8range", "string", List.of("[-5,5]"), List.of("[-5,6)"));
        assertColumn(
                "point",
                "string",
                List.of("(1.5,1e-7)", "(-0,1e20)", "(Infinity,NaN)"),
                List.of("(1.5,0.0000001)", "(0,100000000000000000000)", "(Infinity,NaN)"));
    }

    @Test
    void arrays() throws Exception {
        assertColumn(
                "int[]",
                "list<int>",
                List.of("{1,NULL,2}", "{}", "[0:1]={3,4}"),
                List.of(Arrays.asList(1, null, 2), List.of(), List.of(3, 4)));
        assertColumn(
                "text[]",
                "list<string>",
                List.of("{a,\"b c\",\"\\\"\",NULL,\"NULL\",\"\"}"),
                List.of(Arrays.asList("a", "b c", "\"", null, "NULL", "")));
        assertColumn(
                "numeric(10,3)[]",
                "list<decimal(10,3)>",
                List.of("{1.5,NULL}"),
                List.of(Arrays.asList(new BigDecimal("1.500"), null)));
        assertColumn(
                "numeric[]", "list<string>", List.of("{1.50,1e20}"), List.of(List.of("1.5", "100000000000000000000")));
        assertColumn("date[]", "list<date>", List.of("{2024-02-29}"), List.of(List.of(LocalDate.of(2024, 2, 29))));
        assertColumn(
                "timestamptz[]",
                "list<timestamp>",
                List.of("{2024-01-01 00:00:00+02,0900-02-28 00:00+00}"),
                List.of(List.of(Instant.parse("2023-12-31T22:00:00Z"), Instant.parse("0900-02-28T00:00:00Z"))));
        assertColumn(
                "timestamp[]",
                "list<timestamp>",
                List.of("{-infinity}"),
                List.of(List.of(Instant.EPOCH.plus(-9_223_372_036_832_400_000L, ChronoUnit.MICROS))));
        assertColumn("jsonb[]", "list<string>", List.of("{\"{\\\"a\\\": 1}\"}"), List.of(List.of("{\"a\": 1}")));
        assertColumn(
                "inet[]",
                "list<string>",
                List.of("{10.0.0.1,NULL,10.0.0.1/24}"),
                List.of(Arrays.asList("10.0.0.1", null, "10.0.0.1/24")));
        assertColumn(
                "int4range[]",
                "list<string>",
                List.of("{\"[1,2)\",empty,NULL}", "{}"),
                List.of(Arrays.asList("[1,2)", "empty", null), List.of()));
        assertColumn(
                "tsrange[]",
                "list<string>",
                List.of("{\"[2024-01-01,2024-01-02)\"}"),
                List.of(List.of("[\"2024-01-01 00:00:00\",\"2024-01-02 00:00:00\")")));
    }

    @Test
    void generatedColumnsAreRead() throws Exception {
        server.execute("DROP TABLE IF EXISTS generated; CREATE TABLE generated (id int, stored int GENERATED ALWAYS AS"
                + " (id * 2) STORED, virtual int GENERATED ALWAYS AS (id * 3)); INSERT INTO generated VALUES (7)");

        Copied copied = Copied.of(server.table("generated"));

        assertThat(copied.values("stored")).containsExactly(14);
        assertThat(copied.values("virtual")).containsExactly(21);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date | infinity | infinity",
                "numeric | NaN | NaN",
                "numeric(5,2) | NaN | NaN",
                "numeric | -Infinity | -Infinity",
                "timestamp | 294276-12-31 00:00:00 | a time after 294246",
                "timetz | 01:02:03+00:00:01 | a time whose offset has seconds, 1",
                "interval | 2562047788:00:00 | 2562047788 hours",
                "interval | infinity | infinity",
                "int[] | {{1},{2}} | an array of arrays",
                "inet[] | {{::1}} | an array of arrays",
                "ltree[] | {a,NULL} | an array in which an element is null",
                "mood[] | {sad,NULL} | an array in which an element is null",
                "timestamptz[] | {infinity} | infinity in an array",
                "timestamp[] | {1582-10-14} | 1582-10-14T00:00:00Z in an array",
                "date[] | {0001-12-31 BC} | 0000-12-31 in an array"
            })
    void aValueThatDebeziumRefusesOrSpoilsIsNamed(String type, String value, String words) throws Exception {
        server.execute(
                "CREATE EXTENSION IF NOT EXISTS ltree; DROP TABLE IF EXISTS odd; DROP TYPE IF EXISTS mood CASCADE;"
                        + " CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE odd (id int, c " + type + ")");
        server.execute("INSERT INTO odd VALUES (1, '" + value + "')");

        assertThatThrownBy(() -> Copied.of(server.table("odd")))
                .isInstanceOfSatisfying(TarnException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.USER);
                    assertThat(e.code()).isEqualTo("COPY_VALUE");
                })
                .hasMessageContaining("Cannot copy table 'public.odd': column 'c' of type ")
                .hasMessageContaining(" holds " + words);
    }

    private void assertStrings(String type, String... values) throws Exception {
        assertColumn(type, "string", List.of(values), List.of((Object[]) values));
    }

    private void assertDecimals(String type, String lakeType, String... values) throws Exception {
        assertColumn(
                type,
                lakeType,
                List.of(values),
                Arrays.stream(values).map(BigDecimal::new).collect(Collectors.toList()));
    }

    /** The values come as they should, and null as null. */
    private void assertColumn(
            String type, String lakeType, List<String> values, List<? extends @Nullable Object> expected)
            throws Exception {
        server.execute("DROP TABLE IF EXISTS one_column; CREATE TABLE one_column (id int, c " + type + ")");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO one_column VALUES "
                    + IntStream.range(0, values.size())
                            .mapToObj(i -> "(" + i + ", '" + values.get(i).replace("'", "''") + "')")
                            .collect(Collectors.joining(", "))
                    + ", (1000, NULL)");
        }
        List<@Nullable Object> withNull = new ArrayList<>(expected);
        withNull.add(null);

        Copied copied = Copied.of(server.table("one_column"));

        assertThat(copied.type("c")).as(type).isEqualTo(lakeType);
        assertThat(copied.values("c")).as(type).isEqualTo(withNull);
    }
}

package dev.tarn.processes.engine;

import java.util.List;
import java.util.Map;

/**
 * Rows that hold what engines tell apart: nulls, NaN, both zeros, the ends of each type, days before 1582, letters beyond
 * ASCII.
 */
final class Facts {
    /** The columns of {@code shop.facts} that both engines read, each with two values. */
    static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("id", List.of("3", "7")),
            Map.entry("tiny", List.of("0Y", "127Y")),
            Map.entry("small", List.of("3", "-10S")),
            Map.entry("big", List.of("7L", "-100")),
            Map.entry("flag", List.of("true", "false")),
            Map.entry("name", List.of("'anna'", "'Älva'")),
            Map.entry("price", List.of("0.10", "-1.50BD")),
            Map.entry("huge", List.of("0.1", "-0.000000001")),
            Map.entry("f", List.of("1.5F", "CAST('NaN' AS FLOAT)")),
            Map.entry("d", List.of("0.1D", "0.0D")),
            Map.entry("day", List.of("DATE'2024-02-29'", "DATE'1582-10-04'")),
            Map.entry("at", List.of("TIMESTAMP'2026-11-28 00:00:00'", "TIMESTAMP'1969-12-31 23:59:59.999999'")),
            Map.entry("country", List.of("'de'", "'zz'")));

    private Facts() {}

    /** Makes {@code shop.facts} and {@code shop.countries}. */
    static void create(TestEngine engine) {
        engine.run("CREATE DATABASE shop");
        engine.run(
                "CREATE TABLE shop.facts (id INT, tiny TINYINT, small SMALLINT, big BIGINT, flag BOOLEAN, name STRING,"
                        + " price DECIMAL(10,2), huge DECIMAL(38,9), f FLOAT, d DOUBLE, day DATE, at TIMESTAMP, bytes BINARY,"
                        + " tags ARRAY<STRING>, country STRING) USING hudi PARTITIONED BY (country)"
                        + " TBLPROPERTIES (type = 'cow', primaryKey = 'id')");
        insert(
                engine,
                "1, 1Y, 10S, 100L, true, 'anna', 1.50, 1.000000001, 1.5F, 1.5D, DATE'2024-02-29',"
                        + " TIMESTAMP'2024-02-29 12:00:00.123456', X'00FF', array('a', null), 'de'",
                "2, -1Y, -10S, -100L, false, 'Älva', -1.50, -1.000000001, -1.5F, -1.5D, DATE'1969-12-31',"
                        + " TIMESTAMP'1969-12-31 23:59:59.999999', X'', array(), 'de'",
                "3, null, null, null, null, null, null, null, null, null, null, null, null, null, 'fr'",
                "4, 127Y, 32767S, 9223372036854775807L, true, '', 99999999.99, 12345678901234567890123456789.123456789,"
                        + " CAST('Infinity' AS FLOAT), CAST('Infinity' AS DOUBLE), DATE'9999-12-31',"
                        + " TIMESTAMP'9999-12-31 23:59:59.999999', X'01', array('z'), 'fr'",
                "5, -128Y, -32768S, -9223372036854775808L, false, '漢字 😀', -99999999.99, -0.000000001,"
                        + " CAST('NaN' AS FLOAT), CAST('NaN' AS DOUBLE), DATE'1582-10-04', TIMESTAMP'1900-01-01 00:00:00',"
                        + " null, null, 'fr'");
        insert(
                engine,
                "6, 0Y, 0S, 0L, true, 'anna', 0.00, 0, CAST('-0.0' AS FLOAT), CAST('-0.0' AS DOUBLE), DATE'0001-01-01',"
                        + " TIMESTAMP'1901-12-13 20:45:51', X'00', array('a'), 'xx'",
                "7, 0Y, 0S, 0L, false, 'Anna', 0.01, 0, 0.0F, 0.0D, DATE'1970-01-01', TIMESTAMP'1970-01-01 00:00:00',"
                        + " X'00', array('a'), 'xx'",
                "8, 2Y, 3S, 7L, null, 'it''s 100%_\\\\', 0.10, 0.1, 0.1F, 0.1D, DATE'2026-11-28',"
                        + " TIMESTAMP'2026-11-28 00:00:00', X'7F', null, 'de'");
        engine.run("UPDATE shop.facts SET price = 2.50 WHERE id = 1");
        engine.run("CREATE TABLE shop.countries (code STRING, region STRING, rank INT) USING hudi"
                + " TBLPROPERTIES (type = 'cow', primaryKey = 'code')");
        engine.run("INSERT INTO shop.countries VALUES ('de', 'Europe', 1), ('fr', 'Europe', 2), ('jp', 'Asia', null)");
    }

    private static void insert(TestEngine engine, String... rows) {
        engine.run("INSERT INTO shop.facts VALUES (" + String.join("), (", rows) + ")");
    }
}

package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.tarn.processes.engine.duckdb.NotFastException;
import dev.tarn.processes.engine.merged.MergedSlices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/**
 * The contract of the two engines: whatever {@code auto} answers is what Spark answers, value by value and in the same order.
 * Rows hold what engines tell apart: nulls, NaN, both zeros, the ends of each type, days before 1582, letters beyond ASCII.
 */
class TwoEnginesTest {
    private static final Path MERGED = Path.of("merged").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static TestEngine engine;
    private static boolean logged;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start(folder);
        engine.run("CREATE DATABASE shop");
        engine.run(
                "CREATE TABLE shop.facts (id INT, tiny TINYINT, small SMALLINT, big BIGINT, flag BOOLEAN, name STRING,"
                        + " price DECIMAL(10,2), huge DECIMAL(38,9), f FLOAT, d DOUBLE, day DATE, at TIMESTAMP, bytes BINARY,"
                        + " tags ARRAY<STRING>, country STRING) USING hudi PARTITIONED BY (country)"
                        + " TBLPROPERTIES (type = 'cow', primaryKey = 'id')");
        insert(
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

    private static void insert(String... rows) {
        engine.run("INSERT INTO shop.facts VALUES (" + String.join("), (", rows) + ")");
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    private static final Map<String, List<String>> VALUES = Map.ofEntries(
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
    private static final List<String> NUMBERS = List.of("id", "tiny", "small", "big", "price", "huge", "f", "d");

    /** Must be answered by the fast engine: what people ask all day. */
    private static List<String> everyday() {
        return List.of(
                "SELECT count(*) FROM shop.facts",
                "SELECT id, name, price FROM shop.facts WHERE id = 4",
                "SELECT * FROM shop.countries ORDER BY code",
                "SELECT country, count(*), sum(price), min(day), max(at) FROM shop.facts GROUP BY country ORDER BY 1",
                "SELECT count(DISTINCT name) FROM shop.facts WHERE price > 0 AND name IS NOT NULL",
                "SELECT c.region, count(*) AS n FROM shop.facts f JOIN shop.countries c ON f.country = c.code"
                        + " GROUP BY c.region HAVING count(*) > 1 ORDER BY n DESC LIMIT 3",
                "SELECT f.id, c.rank FROM shop.facts f LEFT JOIN shop.countries c ON f.country = c.code ORDER BY f.id",
                "SELECT DISTINCT country FROM shop.facts ORDER BY country DESC LIMIT 2",
                "SELECT name FROM shop.facts WHERE name LIKE 'an%' OR name IN ('Älva', '') ORDER BY name, id",
                "SELECT id FROM shop.facts WHERE at >= TIMESTAMP'1970-01-01' AND day < DATE'2026-01-01' ORDER BY at",
                "WITH sums AS (SELECT country, sum(price) AS s FROM shop.facts GROUP BY country)"
                        + " SELECT region, sum(s) FROM sums JOIN shop.countries ON code = country GROUP BY region",
                "SELECT year(day) AS y, count(*) FROM shop.facts GROUP BY year(day) ORDER BY y");
    }

    private static List<String> queries() {
        List<String> queries = new ArrayList<>(everyday());
        VALUES.forEach((column, values) -> queries.addAll(ofColumn(column, values.get(0), values.get(1))));
        for (String column : NUMBERS) {
            for (String expression : List.of(
                    "c + c",
                    "c - 1",
                    "c * c",
                    "c / 3",
                    "c / c",
                    "c % 3",
                    "-c",
                    "abs(c)",
                    "round(c, 1)",
                    "c div 2",
                    "c * 1.1",
                    "c + 0.5D",
                    "CAST(c AS DOUBLE)",
                    "CAST(c AS DECIMAL(20,4))",
                    "CAST(c AS INT)")) {
                queries.add("SELECT id, " + expression.replace("c", column).replace(column + "AST", "CAST")
                        + " FROM shop.facts ORDER BY id");
            }
            queries.add("SELECT sum(" + column + "), avg(" + column + ") FROM shop.facts");
            queries.add("SELECT country, sum(" + column + ") FROM shop.facts WHERE id < 8 GROUP BY country ORDER BY 1");
        }
        for (String expression : List.of(
                "upper(name)",
                "lower(name)",
                "length(name)",
                "char_length(name)",
                "substring(name, 2, 2)",
                "name || country",
                "concat(name, '-', country)",
                "name LIKE '%n%'",
                "name LIKE '_nna'",
                "name LIKE '%100\\\\%%'",
                "name NOT LIKE 'a%'",
                "name RLIKE 'a+'",
                "trim(name)",
                "replace(name, 'n')",
                "instr(name, 'n')",
                "reverse(name)",
                "lpad(name, 6, '*')",
                "name > 'b'",
                "ascii(name)",
                "startswith(name, 'an')",
                "contains(name, '字')",
                "endswith(name, 'a')",
                "year(day)",
                "month(day)",
                "day(day)",
                "year(at)",
                "hour(at)",
                "date_add(day, 1)",
                "datediff(day, DATE'2000-01-01')",
                "date_trunc('month', at)",
                "date_format(at, 'yyyy-MM')",
                "CAST(at AS DATE)",
                "CAST(day AS TIMESTAMP)",
                "at + INTERVAL 1 DAY",
                "day = CAST(at AS DATE)",
                "unix_timestamp(at)",
                "tags",
                "size(tags)",
                "tags[0]",
                "bytes",
                "hex(bytes)",
                "coalesce(name, country, 'x')",
                "nullif(name, 'anna')",
                "nvl(price, 0)",
                "greatest(id, big)",
                "if(flag, id, small)",
                "CASE country WHEN 'de' THEN 1 WHEN 'fr' THEN 2 END",
                "CASE WHEN price > 0 THEN price ELSE 0 END",
                "id IN (1, 2, null)",
                "NOT (id > 3 AND flag)",
                "flag OR price IS NULL",
                "id BETWEEN 2 AND 5",
                "country <=> null",
                "monotonically_increasing_id() >= 0",
                "named_struct('a', id)",
                "map('a', id)")) {
            queries.add("SELECT id, " + expression + " AS x FROM shop.facts ORDER BY id");
        }
        queries.addAll(ofShape());
        return queries;
    }

    private static List<String> ofColumn(String c, String one, String other) {
        String from = " FROM shop.facts ";
        return Stream.of(
                        "SELECT c" + from + "ORDER BY id",
                        "SELECT count(c), count(DISTINCT c), count(*)" + from,
                        "SELECT min(c), max(c)" + from,
                        "SELECT c, count(*)" + from + "GROUP BY c ORDER BY c",
                        "SELECT DISTINCT c" + from + "ORDER BY c DESC",
                        "SELECT id" + from + "ORDER BY c, id",
                        "SELECT id" + from + "ORDER BY c DESC, id DESC",
                        "SELECT id" + from + "ORDER BY c ASC NULLS LAST, id LIMIT 3",
                        "SELECT id" + from + "WHERE c IS NULL ORDER BY id",
                        "SELECT id" + from + "WHERE c IS NOT NULL ORDER BY id",
                        "SELECT id" + from + "WHERE c = ONE ORDER BY id",
                        "SELECT id" + from + "WHERE c <> ONE ORDER BY id",
                        "SELECT id" + from + "WHERE c < ONE ORDER BY id",
                        "SELECT id" + from + "WHERE c >= OTHER ORDER BY id",
                        "SELECT id" + from + "WHERE c <=> OTHER ORDER BY id",
                        "SELECT id" + from + "WHERE c IN (ONE, OTHER) ORDER BY id",
                        "SELECT id" + from + "WHERE c NOT IN (ONE, OTHER) ORDER BY id",
                        "SELECT id" + from + "WHERE c BETWEEN OTHER AND ONE ORDER BY id",
                        "SELECT id, coalesce(c, ONE)" + from + "ORDER BY id",
                        "SELECT id, CASE WHEN c > ONE THEN 'more' ELSE 'less' END" + from + "ORDER BY id",
                        "SELECT id, CAST(c AS STRING)" + from + "ORDER BY id",
                        "SELECT a.id, b.id FROM shop.facts a JOIN shop.facts b ON a.c = b.c ORDER BY 1, 2")
                .map(sql -> sql.replaceAll("\\bc\\b", c).replace("ONE", one).replace("OTHER", other))
                .toList();
    }

    private static List<String> ofShape() {
        String facts = " FROM shop.facts f ";
        String countries = " JOIN shop.countries c ON f.country = c.code ";
        return List.of(
                "SELECT f.id, c.region" + facts + "LEFT" + countries + "ORDER BY 1",
                "SELECT f.id, c.region" + facts + "RIGHT" + countries + "ORDER BY 1, 2",
                "SELECT f.id, c.region" + facts + "FULL" + countries + "ORDER BY 1, 2",
                "SELECT f.id" + facts + "LEFT SEMI" + countries + "ORDER BY 1",
                "SELECT f.id" + facts + "LEFT ANTI" + countries + "ORDER BY 1",
                "SELECT f.id, c.code" + facts + "CROSS JOIN shop.countries c ORDER BY 1, 2",
                "SELECT f.id" + facts + countries + "AND c.rank > f.tiny ORDER BY 1",
                "SELECT id FROM shop.facts WHERE country IN (SELECT code FROM shop.countries) ORDER BY id",
                "SELECT id FROM shop.facts WHERE country NOT IN (SELECT code FROM shop.countries) ORDER BY id",
                "SELECT code FROM shop.countries WHERE rank NOT IN (SELECT tiny FROM shop.facts) ORDER BY 1",
                "SELECT id" + facts + "WHERE EXISTS (SELECT 1 FROM shop.countries WHERE code = f.country) ORDER BY 1",
                "SELECT id FROM shop.facts WHERE price = (SELECT max(price) FROM shop.facts) ORDER BY 1",
                "SELECT id FROM shop.facts WHERE id < 3 UNION ALL SELECT rank FROM shop.countries ORDER BY 1",
                "SELECT country FROM shop.facts UNION SELECT code FROM shop.countries ORDER BY 1",
                "SELECT country FROM shop.facts INTERSECT SELECT code FROM shop.countries ORDER BY 1",
                "SELECT code FROM shop.countries EXCEPT SELECT country FROM shop.facts ORDER BY 1",
                "SELECT id, row_number() OVER (PARTITION BY country ORDER BY id) FROM shop.facts ORDER BY id",
                "SELECT country, flag, count(*) FROM shop.facts GROUP BY ROLLUP (country, flag) ORDER BY 1, 2, 3",
                "SELECT country, count(*) FILTER (WHERE price > 0) FROM shop.facts GROUP BY country ORDER BY 1",
                "SELECT country, count(*) AS n FROM shop.facts GROUP BY country HAVING n > 2 ORDER BY n, country",
                "SELECT count(*), sum(id) + 1, max(id) - min(id) FROM shop.facts WHERE id > 100",
                "SELECT country FROM shop.facts WHERE id > 100 GROUP BY country",
                "SELECT id FROM shop.facts ORDER BY id LIMIT 2 OFFSET 3",
                "SELECT x.n FROM (SELECT id + 1 AS n, name FROM shop.facts ORDER BY name, id LIMIT 4) x ORDER BY x.n",
                "SELECT name FROM (SELECT name, id FROM shop.facts ORDER BY id DESC LIMIT 3) ORDER BY name",
                "SELECT id, id AS again, name FROM shop.facts WHERE 1 = 1 ORDER BY 1 LIMIT 2",
                "SELECT id, id FROM shop.facts ORDER BY 1",
                "SELECT 1 AS one, 'two' AS two, null AS three",
                "SELECT id FROM shop.facts WHERE false",
                "SELECT explode(tags) AS t FROM shop.facts ORDER BY t",
                "SELECT percentile(id, 0.5) FROM shop.facts",
                "SELECT collect_list(id) FROM shop.facts WHERE id = 1",
                "SELECT count(*) FROM shop.facts a, shop.facts b WHERE a.id = b.big",
                "SELECT _hoodie_record_key, id FROM shop.facts ORDER BY id",
                "SELECT * FROM shop.facts WHERE id = 1",
                "SELECT id FROM shop.facts WHERE day > current_date() ORDER BY id",
                "SELECT id, ID + 1 FROM SHOP.Facts WHERE `Name` = 'anna' ORDER BY 1",
                "SELECT \"text\" AS t, id FROM shop.facts ORDER BY id",
                "SHOW TABLES IN shop",
                "SELECT nothing FROM shop.facts",
                "SELECT sum(big) FROM shop.facts WHERE id IN (4, 1)",
                "SELECT CAST(big AS INT) FROM shop.facts ORDER BY id");
    }

    /** All of them with {@code -Dtwo-engines=all}, which takes many minutes; else those of shapes and some of each column. */
    private static List<String> chosen() {
        List<String> queries = queries();
        if (System.getProperty("two-engines", "").equals("all")) {
            return queries;
        }
        List<String> always = new ArrayList<>(everyday());
        always.addAll(ofShape());
        List<String> chosen = new ArrayList<>(always);
        for (int i = 0; i < queries.size(); i++) {
            // No divisor of how many there are of each column, so that every kind of query has its turn.
            if (i % 13 == 0 && !always.contains(queries.get(i))) {
                chosen.add(queries.get(i));
            }
        }
        return chosen;
    }

    @Test
    void bothEnginesGiveTheSameAnswers() {
        List<String> queries = chosen();
        List<String> fast = new ArrayList<>();
        assertSoftly(soft -> {
            for (String sql : queries) {
                TestEngine.Answer spark = engine.query(sql, Map.of("engine", "spark", "maxRows", 100));
                TestEngine.Answer auto = engine.query(sql, Map.of("engine", "auto", "maxRows", 100));
                soft.assertThat(auto.status()).as(sql).isEqualTo(spark.status());
                soft.assertThat(auto.body().path("columns").toString())
                        .as(sql)
                        .isEqualTo(spark.body().path("columns").toString());
                soft.assertThat(auto.rows()).as(sql).isEqualTo(spark.rows());
                soft.assertThat(auto.body().path("truncated").asBoolean())
                        .as(sql)
                        .isEqualTo(spark.body().path("truncated").asBoolean());
                if (auto.body().path("engine").asText().equals("fast")) {
                    fast.add(sql);
                    TestEngine.Answer again = engine.query(sql, Map.of("engine", "auto", "maxRows", 100));
                    soft.assertThat(again.rows()).as("again: " + sql).isEqualTo(auto.rows());
                } else {
                    assertThat(auto.body().path("engine").asText() + auto.code())
                            .as(sql)
                            .isIn("spark", "SQL");
                }
            }
        });
        assertThat(fast).as("what the fast engine must answer").containsAll(everyday());
        assertThat(fast).hasSizeGreaterThan(queries.size() / 3);
    }

    @Test
    void fastEngineRefusesWhatItWouldAnswerOtherwise() {
        TestEngine.Answer floats = engine.query("SELECT sum(d) FROM shop.facts", Map.of("engine", "fast"));
        assertThat(floats.code()).isEqualTo("NOT_FAST");
        assertThat(floats.message())
                .isEqualTo("Cannot run the query on the fast engine: 'sum' of these values is not among what both"
                        + " engines do alike. Run it with --engine auto.");
        // A long that is too large fails in DuckDB, where Spark begins again at the other end.
        TestEngine.Answer large =
                engine.query("SELECT big + id AS x FROM shop.facts WHERE id = 4", Map.of("engine", "auto"));
        assertThat(large.rows()).isEqualTo("[[-9223372036854775805]]");
        assertThat(large.body().path("notFast").asText()).contains("DuckDB could not run it");
        assertThat(engine.query("SELECT 1", Map.of("engine", "duck")).message()).contains("auto, fast and spark");
        assertThat(engine.query("DROP TABLE IF EXISTS shop.nothing", Map.of("engine", "fast"))
                        .code())
                .isEqualTo("NOT_FAST");
    }

    @Test
    void whatChangedInATableIsLeftToSparkAndWhatItWasIsNot() {
        engine.run(
                "CREATE TABLE shop.past (id INT, name STRING) USING hudi TBLPROPERTIES (type = 'cow', primaryKey = 'id')");
        engine.run("INSERT INTO shop.past VALUES (1, 'old')");
        String commit = engine.query("SELECT max(_hoodie_commit_time) FROM shop.past")
                .body()
                .path("rows")
                .path(0)
                .path(0)
                .asText();
        engine.run("UPDATE shop.past SET name = 'new' WHERE id = 1");

        for (String sql : List.of(
                "SELECT name FROM shop.past TIMESTAMP AS OF '" + commit + "'",
                "SELECT p.name, n.name FROM shop.past n JOIN shop.past TIMESTAMP AS OF '" + commit
                        + "' p ON p.id = n.id",
                "SELECT name FROM hudi_table_changes('shop.past', 'latest_state', 'earliest')")) {
            TestEngine.Answer spark = engine.query(sql, Map.of("engine", "spark"));
            TestEngine.Answer auto = engine.query(sql, Map.of("engine", "auto"));
            assertThat(auto.status()).as(sql + ": " + spark.message()).isEqualTo(200);
            assertThat(auto.rows()).as(sql).isEqualTo(spark.rows());
            assertThat(auto.body().path("engine").asText()).as(sql).isEqualTo(sql.contains("AS OF") ? "fast" : "spark");
        }
        Map<String, Object> own = Map.of("session", "own", "engine", "fast");
        assertThat(engine.query("SET hoodie.datasource.query.type=read_optimized", Map.of("session", "own"))
                        .status())
                .isEqualTo(200);
        assertThat(engine.query("SELECT name FROM shop.past", own).message())
                .contains("the session has set hoodie.datasource.query.type");
        assertThat(engine.query("SELECT name FROM shop.past", Map.of("engine", "fast"))
                        .rows())
                .isEqualTo("[[\"new\"]]");
    }

    @Test
    void tableWhoseColumnsAreOthersInOlderFilesIsLeftToSpark() {
        engine.run("CREATE TABLE shop.evolved (id INT, f FLOAT, part STRING) USING hudi PARTITIONED BY (part)"
                + " TBLPROPERTIES (type = 'cow', primaryKey = 'id')");
        engine.run("INSERT INTO shop.evolved VALUES (1, 0.1F, 'a')");
        Map<String, Object> session = Map.of("session", "evolving");
        for (String sql : List.of(
                "SET hoodie.schema.on.read.enable=true",
                "ALTER TABLE shop.evolved ALTER COLUMN f TYPE DOUBLE",
                "INSERT INTO shop.evolved VALUES (2, 0.1D, 'b')")) {
            TestEngine.Answer done = engine.query(sql, session);
            assertThat(done.status()).as(sql + ": " + done.message()).isEqualTo(200);
        }

        TestEngine.Answer refused = engine.query("SELECT id, f FROM shop.evolved", Map.of("engine", "fast"));

        assertThat(refused.message()).contains("columns of 'spark_catalog.shop.evolved' were changed by SQL");
    }

    @Test
    void columnThatHasGrownSinceItsFilesWereWrittenIsLeftToSpark() {
        String table = folder.resolve("grown").toString();
        write("SELECT 1 AS id, CAST(0.1 AS FLOAT) AS f UNION ALL SELECT 2, CAST(0.2 AS FLOAT)", table);
        write("SELECT 2 AS id, CAST(0.5 AS DOUBLE) AS f", table);
        engine.run("CREATE TABLE shop.grown USING hudi LOCATION '" + table + "'");
        String sql = "SELECT id, f FROM shop.grown ORDER BY id";

        TestEngine.Answer auto = engine.query(sql, Map.of("engine", "auto"));

        assertThat(auto.body().path("notFast").asText()).contains("column 'f' had another type");
        assertThat(auto.rows()).isEqualTo("[[1,0.1],[2,0.5]]");
        assertThat(engine.query("SELECT id FROM shop.grown ORDER BY id", Map.of("engine", "spark"))
                        .rows())
                .isEqualTo("[[1],[2]]");
    }

    private static void write(String sql, String table) {
        engine.session
                .sql(sql)
                .write()
                .format("hudi")
                .option("hoodie.table.name", "grown")
                .option("hoodie.datasource.write.table.type", "MERGE_ON_READ")
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.metadata.enable", "false")
                .mode("append")
                .save(table);
    }

    @Test
    void fastQueryEndsAtItsTimeout() {
        String endless = "SELECT count(*) FROM "
                + IntStream.range(0, 14).mapToObj(i -> "shop.facts f" + i).collect(Collectors.joining(", "))
                + " WHERE "
                + IntStream.range(0, 14).mapToObj(i -> "f" + i + ".id").collect(Collectors.joining(" + "))
                + " = -1";

        TestEngine.Answer ended = engine.query(endless, Map.of("engine", "fast", "timeoutSeconds", 2));

        assertThat(ended.code()).as(ended.message()).isEqualTo("QUERY_TIMEOUT");
    }

    private static void createLogged() {
        if (!logged) {
            logged = true;
            createLogged("shop.logged", "9", "");
            createLogged("shop.logged_six", "6", "");
            createLogged(
                    "shop.logged_only", "9", ", hoodie.index.type = 'BUCKET', hoodie.bucket.index.num.buckets = '1'");
        }
    }

    /** Rows of a table in base files and logs: changed, deleted and new ones, in every type. */
    private static void createLogged(String table, String version, String index) {
        String session = "creating " + table;
        for (String sql : List.of(
                "SET hoodie.write.table.version=" + version,
                "SET hoodie.write.auto.upgrade=false",
                // As of the lake's own writer; version 6 wants none anyway.
                "SET hoodie.metadata.enable=" + (index.isEmpty() && version.equals("9")),
                "CREATE TABLE " + table
                        + " (id INT, tiny TINYINT, small SMALLINT, big BIGINT, flag BOOLEAN, name STRING,"
                        + " price DECIMAL(10,2), huge DECIMAL(38,9), f FLOAT, d DOUBLE, day DATE, at TIMESTAMP,"
                        + " bytes BINARY, tags ARRAY<STRING>, counts MAP<STRING, INT>, place STRUCT<x: INT, y: STRING>,"
                        + " country STRING) USING hudi PARTITIONED BY (country)"
                        + " TBLPROPERTIES (type = 'mor', primaryKey = 'id'" + index + ")",
                "INSERT INTO " + table
                        + " SELECT id, tiny, small, big, flag, name, price, huge, f, d, day, at, bytes, tags,"
                        + " map(name, id), named_struct('x', id, 'y', name), country FROM shop.facts WHERE name IS NOT NULL",
                // Of one row each column becomes null, or what no other row has.
                "UPDATE " + table + " SET tiny = nullif(tiny, -128), small = nullif(small, -32768), flag = null,"
                        + " big = if(id = 5, null, big), name = if(id = 5, null, concat('new ', name)),"
                        + " price = if(id = 5, null, price / 2), huge = if(id = 5, null, -huge), f = 0.1F,"
                        + " d = CAST('-0.0' AS DOUBLE), day = if(id = 5, null, DATE'1581-02-28'),"
                        + " at = if(id = 5, null, TIMESTAMP'2001-02-03 04:05:06.000007'), bytes = null,"
                        + " tags = array(null, 'x'), counts = null, place = null WHERE id IN (2, 4, 5, 6)",
                "DELETE FROM " + table + " WHERE id IN (1, 7)")) {
            TestEngine.Answer done = engine.query(sql, Map.of("session", session));
            assertThat(done.status()).as(sql + ": " + done.message()).isEqualTo(200);
        }
        engine.delete("/sessions/" + session.replace(" ", "%20"));
    }

    private static List<String> overLogs(String table) {
        List<String> queries = new ArrayList<>();
        queries.add("SELECT " + String.join(", ", VALUES.keySet()) + " FROM " + table + " ORDER BY id");
        queries.add("SELECT count(*), count(name), sum(price), sum(id), min(at), max(day) FROM " + table);
        queries.add("SELECT * FROM " + table + " ORDER BY id");
        queries.add("SELECT id FROM " + table + " WHERE day < DATE'1582-01-01' OR price = -0.75 ORDER BY id");
        queries.add(
                "SELECT country, count(*), min(name) FROM " + table + " WHERE at IS NOT NULL GROUP BY 1 ORDER BY 1");
        queries.add("SELECT a.id, b.id FROM " + table + " a JOIN shop.facts b ON a.big = b.big ORDER BY 1, 2");
        queries.add("SELECT id, tags, counts, place FROM " + table + " ORDER BY id");
        queries.add(
                "SELECT _hoodie_record_key, _hoodie_partition_path, _hoodie_commit_time FROM " + table + " ORDER BY 1");
        return queries;
    }

    @Test
    void rowsInLogsAreThoseThatSparkReads() {
        createLogged();
        List<String> fast = new ArrayList<>();
        assertSoftly(soft -> {
            for (String table : List.of("shop.logged", "shop.logged_six", "shop.logged_only")) {
                for (String sql : overLogs(table)) {
                    TestEngine.Answer spark = engine.query(sql, Map.of("engine", "spark", "maxRows", 100));
                    TestEngine.Answer auto = engine.query(sql, Map.of("engine", "auto", "maxRows", 100));
                    soft.assertThat(auto.status()).as(sql + spark.message()).isEqualTo(200);
                    soft.assertThat(auto.rows()).as(sql).isEqualTo(spark.rows());
                    if (auto.body().path("engine").asText().equals("fast")) {
                        fast.add(sql);
                    }
                }
            }
        });
        assertThat(fast).hasSize(3 * 6);
    }

    /** Where a log does not count for itself: an older version that comes later, and rows of which columns were left out. */
    @Test
    void rowsInLogsThatAreMergedInAnotherWayAreThoseThatSparkReads() throws Exception {
        for (String sql : List.of(
                "CREATE TABLE shop.by_time (id INT, name STRING, note STRING, moment BIGINT) USING hudi"
                        + " TBLPROPERTIES (type = 'mor', primaryKey = 'id', preCombineField = 'moment')",
                "INSERT INTO shop.by_time VALUES (1, 'one', 'a', 10), (2, 'two', 'b', 10), (3, 'three', 'c', 10)",
                "UPDATE shop.by_time SET name = 'newer', moment = 20 WHERE id = 1",
                "UPDATE shop.by_time SET name = 'older', moment = 5 WHERE id = 2",
                "CREATE TABLE shop.in_part (id INT, name STRING, note STRING) USING hudi"
                        + " TBLPROPERTIES (type = 'mor', primaryKey = 'id')",
                "INSERT INTO shop.in_part VALUES (1, 'one', 'a'), (2, 'two', 'b'), (3, 'three', 'c')",
                "MERGE INTO shop.in_part t USING (SELECT 2 AS id, 'merged' AS name) s ON t.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET t.name = s.name")) {
            engine.run(sql);
        }
        Set<String> before = merged().keySet();
        assertSoftly(soft -> {
            for (String table : List.of("shop.by_time", "shop.in_part")) {
                String sql = "SELECT * FROM " + table + " ORDER BY id";
                soft.assertThat(engine.query(sql, Map.of("engine", "fast")).rows())
                        .as(table)
                        .isEqualTo(engine.query(sql, Map.of("engine", "spark")).rows());
            }
        });
        assertThat(merged().keySet().stream().filter(name -> !before.contains(name)))
                .as("files of whole slices")
                .hasSize(2)
                .noneMatch(name -> name.contains(".changes"));
    }

    @Test
    void rowsOfATableThatHasLogsAloneAreThoseThatSparkReads() throws Exception {
        String session = "logs alone";
        for (String sql : List.of(
                // An index that finds rows in logs has new ones written there.
                "SET hoodie.spark.sql.insert.into.operation=upsert",
                "SET hoodie.index.type=INMEMORY",
                "CREATE TABLE shop.logs_alone (id INT, name STRING) USING hudi"
                        + " TBLPROPERTIES (type = 'mor', primaryKey = 'id')",
                "INSERT INTO shop.logs_alone VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "DELETE FROM shop.logs_alone WHERE id = 3")) {
            TestEngine.Answer done = engine.query(sql, Map.of("session", session));
            assertThat(done.status()).as(sql + ": " + done.message()).isEqualTo(200);
        }
        engine.delete("/sessions/" + session.replace(" ", "%20"));
        Path table = Path.of(engine.session
                .sessionState()
                .catalog()
                .getTableMetadata(new TableIdentifier("logs_alone", Option.apply("shop")))
                .location());
        try (Stream<Path> files = Files.list(table)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("no base file")
                    .noneMatch(name -> name.endsWith(".parquet"))
                    .anyMatch(name -> name.contains(".log."));
        }

        assertThat(engine.query("SELECT id, name FROM shop.logs_alone ORDER BY id", Map.of("engine", "fast"))
                        .rows())
                .isEqualTo("[[1,\"one\"],[2,\"two\"]]");
    }

    @Test
    void rowsOfThePastAreThoseThatSparkReads() {
        createLogged();
        assertSoftly(soft -> {
            for (String table : List.of("shop.logged", "shop.logged_six", "shop.logged_only")) {
                String sql = "SELECT id, name, price, day FROM " + table + " ORDER BY id";
                List<String> commits = new ArrayList<>();
                engine.query("CALL show_commits(table => '" + table + "')")
                        .body()
                        .path("rows")
                        .forEach(commit -> commits.add(commit.path(0).asText()));
                assertThat(commits).hasSizeGreaterThanOrEqualTo(3);
                List<String> answers = new ArrayList<>();
                for (String commit : commits) {
                    TestEngine.Answer spark = engine.query(sql, Map.of("engine", "spark", "asOf", commit));
                    soft.assertThat(spark.status()).as(table + spark.message()).isEqualTo(200);
                    answers.add(spark.rows());
                    for (TestEngine.Answer fast : List.of(
                            engine.query(sql, Map.of("engine", "fast", "asOf", commit)),
                            engine.query(
                                    sql.replace(table, table + " TIMESTAMP AS OF '" + commit + "'"),
                                    Map.of("engine", "fast")))) {
                        soft.assertThat(fast.rows()).as(table + fast.message()).isEqualTo(spark.rows());
                    }
                }
                soft.assertThat(answers).doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void onlySlicesWithNewCommitsAreMergedAgain() throws Exception {
        createLogged();
        String sql = "SELECT count(*), count(name) FROM shop.logged";
        assertThat(engine.query(sql, Map.of("engine", "fast")).status()).isEqualTo(200);
        Map<String, Object> before = merged();
        assertThat(before.keySet()).isNotEmpty().anyMatch(name -> name.contains(".changes"));

        assertThat(engine.query(sql, Map.of("engine", "fast")).status()).isEqualTo(200);
        assertThat(merged()).as("files, each the same one").isEqualTo(before);

        engine.run("UPDATE shop.logged SET name = 'newest' WHERE id = 8");
        assertThat(engine.query(
                                "SELECT id FROM shop.logged WHERE name = 'newest' ORDER BY id",
                                Map.of("engine", "fast"))
                        .rows())
                .isEqualTo("[[8]]");
        Map<String, Object> after = merged();
        assertThat(after).containsAllEntriesOf(before).hasSize(before.size() + 1);
    }

    /** What is kept, by name, and by which file of the disk it is. */
    private static Map<String, Object> merged() throws IOException {
        if (Files.notExists(MERGED)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(MERGED)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> {
                try {
                    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
    }

    @Test
    void whereNothingCanBeMergedSparkAnswersAndTheReasonIsSaid() throws Exception {
        createLogged();
        String sql = "SELECT count(*) FROM shop.logged_six";
        String rows = engine.query(sql, Map.of("engine", "spark")).rows();
        assertThat(engine.query(sql, Map.of("engine", "fast")).rows()).isEqualTo(rows);
        Path aside = MERGED.resolveSibling("merged-aside");
        Files.move(MERGED, aside);
        Files.createFile(MERGED);
        try {
            TestEngine.Answer auto = engine.query(sql, Map.of("engine", "auto"));
            assertThat(auto.rows()).as(auto.message()).isEqualTo(rows);
            assertThat(auto.body().path("notFast").asText())
                    .startsWith("the logs of 'spark_catalog.shop.logged_six' cannot be merged: ");
            assertThat(engine.query(sql, Map.of("engine", "fast")).code()).isEqualTo("NOT_FAST");
        } finally {
            Files.delete(MERGED);
            Files.move(aside, MERGED);
        }
        assertThat(engine.query(sql, Map.of("engine", "fast")).rows()).isEqualTo(rows);
    }

    @Test
    void whatIsTooLargeIsNotMerged() throws Exception {
        createLogged();
        CatalogTable table = engine.session
                .sessionState()
                .catalog()
                .getTableMetadata(new TableIdentifier("logged", Option.apply("shop")));
        MergedSlices slices =
                new MergedSlices(engine.session, folder.resolve("kept"), folder.resolve("scratch"), 1 << 20);

        assertThatThrownBy(() -> new FastTables(new LakeTables(engine.session), slices)
                        .merging(1 << 10)
                        .open(table, null, () -> false))
                .isInstanceOf(NotFastException.class)
                .hasMessageMatching(
                        "the logs of '.*shop.logged' cannot be merged: there are \\d+ MiB to merge, more than"
                                + " the 0 MiB for which that pays");
        assertThat(folder.resolve("kept")).isEmptyDirectory();
    }

    @Test
    void whoIsCancelledWaitsForNoMerge() throws Exception {
        createLogged();
        CatalogTable table = engine.session
                .sessionState()
                .catalog()
                .getTableMetadata(new TableIdentifier("logged_only", Option.apply("shop")));
        MergedSlices slices =
                new MergedSlices(engine.session, folder.resolve("cancelled"), folder.resolve("scratch"), 1 << 20);

        assertThatThrownBy(() -> new FastTables(new LakeTables(engine.session), slices)
                        .merging(1 << 30)
                        .open(table, null, () -> true))
                .hasMessageEndingWith("cannot be merged: the merge was cancelled");
        assertThat(folder.resolve("cancelled")).isEmptyDirectory();
    }
}

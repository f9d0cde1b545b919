package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.tarn.testing.gate.Rounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of the two engines: whatever {@code auto} answers is what Spark answers, value by value and in the same order.
 */
class TwoEnginesTest {
    @TempDir
    private static Path folder;

    private static TestEngine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start();
        Facts.create(engine);
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

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
        Facts.VALUES.forEach((column, values) -> queries.addAll(ofColumn(column, values.get(0), values.get(1))));
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

    /** All of them in the full run, which takes many minutes; else those of shapes and some of the columns'. */
    private static List<String> chosen() {
        List<String> queries = queries();
        if (Rounds.isFull()) {
            return queries;
        }
        List<String> always = new ArrayList<>(everyday());
        always.addAll(ofShape());
        List<String> chosen = new ArrayList<>(always);
        // Others each time; no divisor of how many there are of each column, so that every kind of query has its turn.
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        System.out.println("bothEnginesGiveTheSameAnswers: -Dtarn.seed=" + seed);
        for (int i = (int) Math.floorMod(seed, 29L); i < queries.size(); i += 29) {
            if (!always.contains(queries.get(i))) {
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
}

package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits, cancelling, sessions and wrong statements, against a real Spark. */
class QueriesTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(100000000) a CROSS JOIN range(100000) b WHERE a.id + b.id = 7";

    private static final int MAX_ROWS = 7;

    private static TestEngine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        Properties settings = new Properties();
        settings.put("sql.max-rows", Integer.toString(MAX_ROWS));
        engine = TestEngine.start(QueryLimits.of(settings));
        for (String sql :
                new String[] {"CREATE DATABASE moma", "CREATE TABLE moma.artworks (id INT, title STRING) USING parquet"
                }) {
            assertThat(engine.query(sql).status()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @Test
    void cancelledQueryEndsAndNoJobGoesOn() {
        CompletableFuture<TestEngine.Answer> answer = engine.queryLater(ENDLESS, Map.of("id", "one"));
        await().until(() -> jobs() > 0);

        assertThat(engine.query(ENDLESS, Map.of("id", "one")).message())
                .isEqualTo("Cannot run the query: another one with the id 'one' runs.");
        assertThat(engine.delete("/query/one").body().toString()).isEqualTo("{\"cancelled\":true}");

        TestEngine.Answer cancelled =
                answer.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(cancelled.code()).isEqualTo("QUERY_CANCELLED");
        assertThat(cancelled.message()).isEqualTo("Cannot finish the query: it was cancelled.");
        await().until(() -> jobs() == 0);
        await().during(Duration.ofSeconds(1)).until(() -> jobs() == 0);
        assertThat(engine.delete("/query/one").body().toString()).isEqualTo("{\"cancelled\":false}");
    }

    @Test
    void queryWhoseClientIsSilentIsCancelled() {
        CompletableFuture<TestEngine.Answer> answer =
                engine.queryLater(ENDLESS, Map.of("id", "silent", "leaseSeconds", 4));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .during(Duration.ofSeconds(6))
                .until(() -> engine.post("/query/silent", Map.of())
                        .join()
                        .body()
                        .path("running")
                        .asBoolean());
        assertThat(answer).isNotDone();

        assertThat(answer.join().message())
                .isEqualTo("Cannot finish the query: its client has been silent for 4 s, so it was cancelled.");
        await().until(() -> jobs() == 0);
    }

    @Test
    void rowsEndAtTheLimitOfTheSettingsUnlessTheRequestHasItsOwn() {
        assertThat(engine.query("SELECT id FROM range(100)").body().path("rows"))
                .hasSize(MAX_ROWS);
        assertThat(engine.query("SELECT id FROM range(100)", Map.of("maxRows", 9))
                        .body()
                        .path("rows"))
                .hasSize(9);
    }

    @Test
    void sessionKeepsWhatItsStatementsSet() {
        Map<String, Object> session = Map.of("session", "mine");
        engine.query("USE moma", session);
        engine.query("CREATE TEMPORARY VIEW two AS SELECT 2 AS n", session);
        engine.query("SET spark.sql.ansi.enabled = true", session);

        assertThat(engine.query("SELECT count(*) FROM artworks, two", session).rows())
                .isEqualTo("[[0]]");
        assertThat(engine.query("SELECT 1/0", session).message())
                .isEqualTo("[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return"
                        + " NULL instead. If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error.\n"
                        + "== SQL(line 1, position 8) ==\nSELECT 1/0\n       ^^^");
        assertThat(engine.query("SELECT CAST('x' AS INT)", session).message())
                .startsWith("[CAST_INVALID_INPUT] The value 'x' of the type \"STRING\" cannot be cast to \"INT\"")
                .contains("CAST('x' AS INT)\n       ^^^")
                .doesNotContain("\tat ");
        assertThat(engine.query("SELECT * FROM two").status()).isEqualTo(400);

        assertThat(engine.delete("/sessions/mine").body().toString()).isEqualTo("{\"closed\":true}");
        assertThat(engine.delete("/sessions/mine").body().toString()).isEqualTo("{\"closed\":false}");
        assertThat(engine.query("SELECT * FROM two", session).status()).isEqualTo(400);
    }

    @Test
    void statementOfNoSessionSeesNothingOfThoseBefore() {
        for (String sql : new String[] {
            "USE moma", "SET spark.sql.ansi.enabled = true", "CREATE TEMPORARY VIEW three AS SELECT 3 AS n"
        }) {
            assertThat(engine.query(sql).status()).isEqualTo(200);
            assertThat(engine.query("SELECT current_database(), 1/0").rows()).isEqualTo("[[\"default\",null]]");
            assertThat(engine.query("SELECT * FROM three").status()).isEqualTo(400);
        }
    }

    @Test
    void functionsAndTablesAreThoseOfNow() {
        for (String letters : new String[] {"Upper", "Lower"}) {
            assertThat(engine.query("CREATE FUNCTION moma.letters AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDF"
                                    + letters + "'")
                            .status())
                    .isEqualTo(200);
            engine.query("CREATE TABLE moma." + letters + " USING parquet AS SELECT 'Mona Lisa' AS title");
            engine.query("ALTER TABLE moma." + letters + " RENAME TO moma.titles");
            assertThat(engine.query("SELECT moma.letters(title) FROM moma.titles")
                            .rows())
                    .isEqualTo(letters.equals("Upper") ? "[[\"MONA LISA\"]]" : "[[\"mona lisa\"]]");

            engine.query("INSERT INTO moma.titles VALUES ('Olympia')", Map.of("session", "other"));
            assertThat(engine.query("SELECT count(*) FROM moma.titles").rows()).isEqualTo("[[2]]");
            engine.query("ALTER TABLE moma.titles ADD COLUMNS (year INT)", Map.of("session", "other"));
            assertThat(engine.query("SELECT max(year) FROM moma.titles").rows()).isEqualTo("[[null]]");

            engine.query("DROP TABLE moma.titles", Map.of("session", "other"));
            assertThat(engine.query("SELECT * FROM moma.titles").message()).contains("TABLE_OR_VIEW_NOT_FOUND");
            engine.query("DROP FUNCTION moma.letters", Map.of("session", "other"));
            assertThat(engine.query("SELECT moma.letters('a')").message()).contains("UNRESOLVED_ROUTINE");
        }
    }

    @Test
    void unknownTableNamesTheNearest() {
        assertThat(engine.query("SELECT *\nFROM moma.artwork").message())
                .startsWith("[TABLE_OR_VIEW_NOT_FOUND] The table or view `moma`.`artwork` cannot be found.")
                .endsWith("\nFROM moma.artwork\n     ^^^\nDid you mean 'moma.artworks'?");
        assertThat(engine.query("SELECT * FROM artworks").message()).endsWith("\nDid you mean 'moma.artworks'?");
        assertThat(engine.query("SELECT * FROM arworks").message()).endsWith("\nDid you mean 'moma.artworks'?");
        assertThat(engine.query("SELECT * FROM invoices").message()).doesNotContain("Did you mean");
    }

    @Test
    void wrongStatementsAreMarkedWhereTheyAreWrong() {
        assertThat(engine.query("SELECT id,\n  title\nFORM moma.artworks\nLIMIT 1")
                        .message())
                .startsWith("[PARSE_SYNTAX_ERROR] Syntax error at or near 'moma'")
                .contains("(line 3, pos 5)", "FORM moma.artworks\n-----^^^")
                .doesNotContain("\tat ");
        assertThat(engine.query("SELECT id,\n  lenght(title) FROM moma.artworks")
                        .message())
                .startsWith("[UNRESOLVED_ROUTINE] Cannot resolve function `lenght`")
                .endsWith("\n  lenght(title) FROM moma.artworks\n  ^^^");
        assertThat(engine.query("SELECT 1; SELECT 2").message())
                .startsWith("[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELECT'");
    }

    @Test
    void catalogTellsAllNames() {
        assertThat(engine.get("/catalog").body().toString())
                .isEqualTo(
                        "{\"databases\":[\"default\",\"moma\"],\"tables\":[{\"database\":\"moma\",\"table\":\"artworks\","
                                + "\"columns\":[\"id\",\"title\"]}]}");
    }

    private static int jobs() {
        return engine.session.sparkContext().statusTracker().getActiveJobIds().length;
    }
}

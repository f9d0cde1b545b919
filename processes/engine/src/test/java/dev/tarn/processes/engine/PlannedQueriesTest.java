package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.SourceReaches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that are asked again: what has changed between shows, and what means something else is planned anew. */
class PlannedQueriesTest {
    @TempDir
    private static Path folder;

    private static TestEngine engine;
    private static PlannedQueries planned;
    private static TwoEngines engines;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start();
        planned = new PlannedQueries(engine.catalogState);
        engines = over(planned);
        engine.run("CREATE DATABASE moma");
        engine.run(
                "CREATE TABLE moma.artworks (id INT, title STRING) USING hudi TBLPROPERTIES (type = 'cow', primaryKey = 'id')");
        engine.run("INSERT INTO moma.artworks VALUES (1, 'Olympia')");
    }

    private static TwoEngines over(PlannedQueries queries) {
        LakeTables tables = new LakeTables(engine.session);
        return new TwoEngines(engine.session, new LakeAsOf(new SourceReaches(null), tables.hadoop()), tables, queries);
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    private static QueryAnswer ask(String sql) throws Exception {
        return ask(engines, sql);
    }

    private static QueryAnswer ask(TwoEngines engines, String sql) throws Exception {
        Duration patience = Duration.ofMinutes(1);
        QueryRequest request =
                new QueryRequest(sql, 100, patience, UUID.randomUUID().toString(), null, null, null, QueryEngine.AUTO);
        return engines.answer(
                request, 0, new RunningQuery(engine.session.sparkContext(), request.id(), patience, null));
    }

    @Test
    void rowsAreThoseOfNow() throws Exception {
        String table = folder.resolve("sold").toString();
        write("SELECT 1 AS id, CAST(0.50 AS DECIMAL(9,2)) AS price", "sold", table);
        engine.run("CREATE TABLE moma.sold USING hudi LOCATION '" + table + "'");
        String sql = "SELECT count(*), sum(price) FROM moma.sold";
        assertThat(ask(sql).rows()).hasToString("[[1, 0.50]]");
        PlannedQueries.Planned known = planned.find(sql);
        assertThat(known).isNotNull();

        write("SELECT 2 AS id, CAST(0.75 AS DECIMAL(9,2)) AS price", "sold", table);
        assertThat(ask(sql).rows()).hasToString("[[2, 1.25]]");
        // Into a log.
        write("SELECT 1 AS id, CAST(0.25 AS DECIMAL(9,2)) AS price", "sold", table);
        QueryAnswer answer = ask(sql);

        assertThat(answer.rows()).hasToString("[[2, 1.00]]");
        assertThat(answer.engine()).isEqualTo("fast");
        assertThat(planned.find(sql)).isSameAs(known);
    }

    @Test
    void columnsAreThoseOfNow() throws Exception {
        String table = folder.resolve("loans").toString();
        write("SELECT 1 AS id, 'MoMA' AS lender", "loans", table);
        engine.run("CREATE TABLE moma.loans USING hudi LOCATION '" + table + "'");
        String sql = "SELECT * FROM moma.loans ORDER BY id";
        assertThat(ask(sql).columns()).extracting("name").endsWith("id", "lender");
        assertThat(planned.find(sql)).isNotNull();

        // By a writer that tells the catalog nothing.
        write("SELECT 2 AS id, 'Tate' AS lender, nullif(3, 0) AS weeks", "loans", table);
        QueryAnswer wider = ask(sql);

        assertThat(wider.columns()).extracting("name").endsWith("id", "lender", "weeks");
        assertThat(wider.rows())
                .extracting(row -> row.subList(row.size() - 3, row.size()).toString())
                .containsExactly("[1, MoMA, null]", "[2, Tate, 3]");
    }

    private static void write(String sql, String name, String folder) {
        engine.session
                .sql(sql)
                .write()
                .format("hudi")
                .option("hoodie.table.name", name)
                .option("hoodie.datasource.write.table.type", "MERGE_ON_READ")
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.metadata.enable", "false")
                .options(TestSpark.fewTasks())
                .mode("append")
                .save(folder);
    }

    @Test
    void tablesAndViewsAreThoseOfNow() throws Exception {
        String sql = "SELECT * FROM moma.shown";
        engine.run("CREATE VIEW moma.shown AS SELECT id FROM moma.artworks");
        assertThat(ask(sql).rows()).hasToString("[[1]]");
        assertThat(planned.find(sql)).isNotNull();

        engine.run("CREATE OR REPLACE VIEW moma.shown AS SELECT title FROM moma.artworks");

        assertThat(planned.find(sql)).isNull();
        assertThat(ask(sql).rows()).hasToString("[[Olympia]]");
        engine.run("DROP VIEW moma.shown");
        assertThat(engine.query(sql).message()).contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM moma.artworks WHERE current_date() > DATE'2020-01-01'",
                "SELECT id, DATE 'today' FROM moma.artworks",
                "SELECT id FROM moma.artworks WHERE id IN (SELECT id FROM moma.artworks WHERE now() > TIMESTAMP'2020-01-01')",
                "SELECT * FROM moma.moving",
                "SELECT * FROM global_temp.shared"
            })
    void whatMeansAnotherMomentTheNextTimeIsPlannedAnew(String sql) throws Exception {
        engine.run("CREATE OR REPLACE VIEW moma.moving AS SELECT id, DATE'tomorrow' AS next FROM moma.artworks");
        engine.run("CREATE OR REPLACE GLOBAL TEMPORARY VIEW shared AS SELECT id FROM moma.artworks");

        assertThat(ask(sql).rows()).isNotEmpty();

        assertThat(planned.find(sql)).isNull();
    }

    @Test
    void nothingIsRememberedOfACatalogThatDoesNotTellItsState() throws Exception {
        PlannedQueries forgetful = new PlannedQueries(() -> null);
        TwoEngines other = over(forgetful);
        String sql = "SELECT title FROM moma.artworks";

        assertThat(ask(other, sql).rows()).isEqualTo(ask(other, sql).rows()).hasToString("[[Olympia]]");
        assertThat(forgetful.find(sql)).isNull();
    }
}

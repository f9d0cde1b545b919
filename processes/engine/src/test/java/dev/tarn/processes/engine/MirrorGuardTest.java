package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real Spark with Hudi: a table that mirrors a source, and tables of the lake's own. */
class MirrorGuardTest {
    private static final String REFUSAL =
            "': it mirrors moma: public.artworks, and Tarn's writer alone writes it, so the"
                    + " change would be lost or break the mirror. Change the row in the source, or make a table of the lake's own"
                    + " from it: CREATE TABLE … AS SELECT ….";

    @TempDir
    private static Path folder;

    private static TestEngine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start();
        engine.run("CREATE DATABASE moma LOCATION '" + folder.resolve("moma") + "'");
        engine.run("CREATE DATABASE lab");
        create("moma.artworks", "mor");
        engine.run("INSERT INTO moma.artworks VALUES (1, 'Sunflowers', 12.50, 'Dutch'), (2, 'Nana', 99.99, 'French')");
        // Hudi has made the views of its own accord.
        for (String entry : List.of("artworks", "artworks_ro", "artworks_rt")) {
            TestEngine.mark(engine.session, "moma", entry, "moma: public.artworks");
        }
        create("lab.own", "cow");
        engine.run("CREATE TABLE lab.files (id INT) USING parquet");
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO moma.artworks VALUES (3, 'x', 1.00, 'Dutch')",
                "INSERT OVERWRITE moma.artworks SELECT id, title, price, nationality FROM moma.artworks",
                "INSERT OVERWRITE TABLE MOMA.Artworks PARTITION (nationality = 'Dutch') SELECT 1, 'x', 1.00",
                "UPDATE moma.artworks SET title = 'x' WHERE id = 1",
                "DELETE FROM moma.artworks WHERE id = 1",
                "DELETE FROM moma.artworks",
                "MERGE INTO moma.artworks t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE moma.artworks",
                "DROP TABLE moma.artworks",
                "DROP TABLE IF EXISTS moma.artworks PURGE",
                "ALTER TABLE moma.artworks RENAME TO moma.other",
                "ALTER TABLE moma.artworks ADD COLUMNS (more INT)",
                "ALTER TABLE moma.artworks DROP PARTITION (nationality = 'Dutch')",
                "ALTER TABLE moma.artworks UNSET TBLPROPERTIES ('tarn.source')",
                "ALTER TABLE moma.artworks SET TBLPROPERTIES ('tarn.source' = '')",
                "ALTER TABLE moma.artworks SET LOCATION '/tmp/elsewhere'",
                "COMMENT ON TABLE moma.artworks IS 'mine'",
                "CREATE INDEX by_title ON moma.artworks USING column_stats (title)",
                "CALL run_compaction(op => 'run', table => 'moma.artworks')",
                "CALL run_clustering(table => 'moma.artworks')",
                "CALL run_clean('moma.artworks')",
                "CALL rollback_to_instant(table => 'moma.artworks', instant_time => '20260101000000000')",
                "CALL drop_partition(table => 'moma.artworks', partition => 'nationality=Dutch')",
                "CALL delete_metadata_table(table => 'moma.artworks')",
                "CALL upgrade_table(table => 'moma.artworks', to_version => 'NINE')",
                "WITH s AS (SELECT 5 AS id, 'x' AS title, 1.00 AS price, 'Dutch' AS nationality)"
                        + " INSERT INTO moma.artworks SELECT * FROM s"
            })
    void mirroredTableIsNotChanged(String sql) {
        TestEngine.Answer answer = engine.query(sql);

        assertThat(answer.message()).isEqualToIgnoringCase("Cannot change table 'moma.artworks" + REFUSAL);
        assertThat(answer.code()).isEqualTo("TABLE_MIRROR");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(rows("SELECT id, title FROM moma.artworks ORDER BY id"))
                .isEqualTo("[[1,\"Sunflowers\"],[2,\"Nana\"]]");
    }

    @Test
    void viewsOfAMirroredTableAreNotChangedEither() {
        assertThat(engine.query("DELETE FROM moma.artworks_ro").message())
                .isEqualTo("Cannot change table 'moma.artworks_ro" + REFUSAL);
        assertThat(engine.query("DROP TABLE moma.artworks_ro").code()).isEqualTo("TABLE_MIRROR");
    }

    @Test
    void databaseThatHoldsAMirroredTableIsNotDropped() {
        assertThat(engine.query("DROP DATABASE moma CASCADE").message())
                .isEqualTo("Cannot drop database 'moma': it holds table 'moma.artworks', which mirrors moma:"
                        + " public.artworks. Drop the tables of the lake's own one by one.");
        engine.run("CREATE DATABASE trick LOCATION '" + folder.resolve("moma/artworks") + "'");
        assertThat(engine.query("DROP DATABASE trick").code()).isEqualTo("TABLE_MIRROR");
    }

    @Test
    void folderOfAMirroredTableIsNotWrittenUnderAnotherName() {
        String path = folder.resolve("moma/artworks").toString();
        for (String sql : List.of(
                "CREATE TABLE lab.twin USING hudi LOCATION '" + path + "'",
                "CREATE TABLE lab.twin USING parquet LOCATION '" + path + "/nationality=Dutch' AS SELECT 1 AS id",
                "INSERT OVERWRITE DIRECTORY '" + path + "' USING parquet SELECT 1 AS id",
                "CALL run_clean(path => '" + path + "')",
                "RUN COMPACTION ON '" + path + "'")) {
            TestEngine.Answer answer = engine.query(sql);
            assertThat(answer.message())
                    .as(sql)
                    .startsWith("Cannot change '" + path)
                    .endsWith(
                            "': table 'moma.artworks', which mirrors moma: public.artworks, lies there. Give a table of"
                                    + " the lake's own another LOCATION.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM moma.artworks",
                "EXPLAIN SELECT * FROM moma.artworks",
                "DESCRIBE TABLE EXTENDED moma.artworks",
                "SHOW TBLPROPERTIES moma.artworks",
                "SHOW PARTITIONS moma.artworks",
                "SHOW CREATE TABLE moma.artworks",
                "REFRESH TABLE moma.artworks",
                "CALL show_commits(table => 'moma.artworks')",
                "CALL stats_file_sizes(table => 'moma.artworks')",
                "CREATE OR REPLACE TEMPORARY VIEW artworks AS SELECT * FROM moma.artworks",
                "CREATE OR REPLACE VIEW lab.seen AS SELECT * FROM moma.artworks"
            })
    void mirroredTableIsRead(String sql) {
        TestEngine.Answer answer = engine.query(sql);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    }

    @Test
    void tablesOfTheLakesOwnAreChangedInEveryWay() {
        engine.run("INSERT INTO lab.own VALUES (1, 'Sunflowers', 12.50, 'Dutch'), (2, 'Nana', 99.99, 'French')");
        engine.run("UPDATE lab.own SET price = price * 2 WHERE id = 1");
        engine.run(
                "MERGE INTO lab.own t USING (SELECT 3 AS id, 'Lilies' AS title, 5.00 AS price, 'French' AS nationality) s"
                        + " ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
        engine.run("DELETE FROM lab.own WHERE id = 2");
        assertThat(rows("SELECT id, title, price FROM lab.own ORDER BY id"))
                .isEqualTo("[[1,\"Sunflowers\",\"25.00\"],[3,\"Lilies\",\"5.00\"]]");

        engine.run("CREATE TABLE lab.dutch USING hudi TBLPROPERTIES (type = 'mor', primaryKey = 'id') AS"
                + " SELECT id, title FROM moma.artworks WHERE nationality = 'Dutch'");
        assertThat(rows("SELECT id, title FROM lab.dutch")).isEqualTo("[[1,\"Sunflowers\"]]");
        engine.run("INSERT INTO lab.dutch SELECT id + 10, title FROM moma.artworks");
        engine.run("CALL run_compaction(op => 'run', table => 'lab.dutch',"
                + " options => 'hoodie.compact.inline.max.delta.commits=1')");
        engine.run("ALTER TABLE lab.dutch ADD COLUMNS (note STRING)");
        engine.run("CREATE TABLE lab.shape LIKE lab.own USING parquet");
        engine.run("INSERT INTO lab.files SELECT id FROM moma.artworks");

        assertThat(engine.get("/tables").body().toString()).contains("\"lab\",\"table\":\"dutch\",\"type\":\"mor\"");
        assertThat(engine.get("/tables/lab/dutch").body().path("source").asText())
                .isEmpty();
        assertThat(engine.post("/tables/lab/dutch/compact", java.util.Map.of())
                        .join()
                        .message())
                .isEqualTo(
                        "Cannot compact table 'lab.dutch': it is the lake's own, so no writer of Tarn's holds it. Use"
                                + " SQL: CALL run_compaction(op => 'run', table => 'lab.dutch').");
        engine.run("INSERT OVERWRITE lab.own SELECT 9, 'Last', 1.00, 'Dutch'");
        engine.run("TRUNCATE TABLE lab.own");
        assertThat(rows("SELECT * FROM lab.own")).isEqualTo("[]");
        // With PURGE, the views of a merge-on-read table go too.
        engine.run("DROP TABLE lab.dutch PURGE");
        assertThat(engine.get("/tables").body().toString()).doesNotContain("dutch");
    }

    private static void create(String table, String type) {
        engine.run(
                "CREATE TABLE " + table + " (id INT, title STRING, price DECIMAL(10,2), nationality STRING) USING hudi"
                        + " PARTITIONED BY (nationality) TBLPROPERTIES (type = '" + type + "', primaryKey = 'id')");
    }

    private static String rows(String sql) {
        return engine.query(sql).rows();
    }
}

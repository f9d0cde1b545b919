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
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** The contract of the two engines on tables whose rows are in logs too: what is merged, what is not, and what is kept. */
class LoggedRowsTest {
    private static final Path MERGED = Path.of("merged").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static TestEngine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start();
        Facts.create(engine);
        createLogged("shop.logged", "9", "");
        createLogged("shop.logged_six", "6", "");
        createLogged("shop.logged_only", "9", ", hoodie.index.type = 'BUCKET', hoodie.bucket.index.num.buckets = '1'");
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
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
        queries.add("SELECT " + String.join(", ", Facts.VALUES.keySet()) + " FROM " + table + " ORDER BY id");
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

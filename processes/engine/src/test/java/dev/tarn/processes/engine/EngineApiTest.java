package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Spark, a real metastore, a merge-on-read table of version 6 and a copy-on-write table of version 9. */
class EngineApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static TestEngine engine;
    private static SparkSession session;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.startWithoutCatalogState();
        session = engine.session;
        write("artworks", "MERGE_ON_READ", "6", rows(1, 3, "12.50"), Map.of("tarn.lsn", "100"));
        write(
                "artworks",
                "MERGE_ON_READ",
                "6",
                rows(2, 2, "99.99"),
                Map.of("tarn.lsn", "2768656", "tarn.offsets", "m.public.artworks,0:42;m.public.artworks,1:7"));
        write("artists", "COPY_ON_WRITE", "9", rows(1, 2, "1.00"), Map.of());
        create("artworks", "artworks", "mor", "");
        create("artworks_ro", "artworks", "mor", ", 'hoodie.query.as.ro.table' = 'true'");
        create("artworks_rt", "artworks", "mor", "");
        create("artists", "artists", "cow", "");
        for (String entry : List.of("artworks", "artworks_ro", "artworks_rt")) {
            TestEngine.mark(session, "default", entry, "moma: public.artworks");
        }
        TestEngine.mark(session, "default", "artists", "moma: public.artists");
        session.sql("CREATE TABLE other (id INT) USING parquet");
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @Test
    void onlyHealthIsOpenToAll() throws Exception {
        assertThat(HTTP.send(HttpRequest.newBuilder(engine.uri("/health")).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        for (String path : List.of("/tables", "/query", "/elsewhere")) {
            HttpRequest request = HttpRequest.newBuilder(engine.uri(path))
                    .header("Authorization", "Bearer wrong")
                    .build();
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("the token is missing or wrong");
        }
        assertThat(get("/elsewhere").message()).isEqualTo("Cannot answer: there is nothing at /elsewhere.");
    }

    @Test
    void tablesShowsWhatTheSinkPutIntoTheCatalog() throws Exception {
        TestEngine.Answer answer = get("/tables");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("tables").findValuesAsText("table")).containsExactly("artists", "artworks");
        JsonNode artworks = answer.body().path("tables").get(1);
        assertThat(artworks.path("database").asText()).isEqualTo("default");
        assertThat(artworks.path("type").asText()).isEqualTo("mor");
        assertThat(artworks.path("source").asText()).isEqualTo("moma: public.artworks");
        assertThat(artworks.path("path").asText())
                .isEqualTo(folder.resolve("artworks").toString());
        assertThat(artworks.path("views").toString()).isEqualTo("[\"artworks\",\"artworks_ro\",\"artworks_rt\"]");
        assertThat(artworks.path("partitionColumns").toString()).isEqualTo("[\"nationality\"]");
        assertThat(artworks.path("version").asInt()).isEqualTo(6);
        assertThat(artworks.path("baseFiles").asInt()).isPositive();
        assertThat(artworks.path("sizeBytes").asLong())
                .isGreaterThan(artworks.path("logBytes").asLong());
        assertThat(artworks.path("lastCommit").path("instant").asText()).matches("\\d{17}");
        assertThat(artworks.path("lastCommit").path("completedAt").asText()).matches("20.*Z");
        assertThat(artworks.path("lastCommit").path("ageMillis").asLong()).isBetween(0L, 300_000L);
        assertThat(artworks.path("position").path("lsn").asLong()).isEqualTo(2_768_656);
        assertThat(artworks.path("position").path("offsets").get(1).toString())
                .isEqualTo("{\"topic\":\"m.public.artworks\",\"partition\":1,\"next\":7}");
        assertThat(answer.body().path("tables").get(0).path("version").asInt()).isEqualTo(9);
        assertThat(answer.body().path("tables").get(0).path("position").isNull())
                .isTrue();

        assertThat(get("/tables?names=only").body().path("tables").get(0).has("sizeBytes"))
                .isFalse();
    }

    @Test
    void tableShowsColumnsAndCounts() throws Exception {
        JsonNode artworks = get("/tables/default/artworks_rt").body();

        assertThat(artworks.path("table").asText()).isEqualTo("artworks");
        assertThat(artworks.path("rows").asLong()).isEqualTo(3);
        assertThat(artworks.path("partitions").asLong()).isEqualTo(2);
        assertThat(artworks.path("putAside").asLong()).isZero();
        assertThat(artworks.path("columns").findValuesAsText("name")).contains("_hoodie_file_name", "price");
        assertThat(artworks.path("columns").toString())
                .contains("{\"name\":\"price\",\"type\":\"decimal(10,2)\",\"comment\":\"in dollars\"}");
        assertThat(get("/tables/default/artists").body().path("rows").asLong()).isEqualTo(2);

        TestEngine.Answer unknown = get("/tables/default/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.message()).startsWith("Cannot find table 'default.nothing'");
    }

    @Test
    void timelineTellsRowsAndPositionNewestFirst() throws Exception {
        JsonNode newest =
                get("/tables/default/artworks/timeline?limit=1").body().path("timeline");
        assertThat(newest).hasSize(1);
        JsonNode all = get("/tables/default/artworks/timeline").body().path("timeline");
        JsonNode first = all.get(all.size() - 1);
        assertThat(first.path("action").asText()).isEqualTo("deltacommit");
        assertThat(first.path("state").asText()).isEqualTo("completed");
        assertThat(first.path("durationMillis").asLong()).isPositive();
        assertThat(first.path("work").path("operation").asText()).isEqualTo("upsert");
        assertThat(first.path("work").path("inserted").asLong()).isEqualTo(3);
        assertThat(first.path("work").path("updated").asLong()).isZero();
        assertThat(first.path("work").path("files").asLong()).isEqualTo(2);
        assertThat(first.path("work").path("bytesWritten").asLong()).isPositive();
        assertThat(first.path("work").path("sourceLsn").asLong()).isEqualTo(100);
        JsonNode second = all.get(all.size() - 2);
        assertThat(second.path("work").path("updated").asLong()).isEqualTo(1);
        assertThat(second.path("instant").asText())
                .isGreaterThan(first.path("instant").asText());

        JsonNode artists = get("/tables/default/artists/timeline").body().path("timeline");
        assertThat(artists.get(0).path("action").asText()).isEqualTo("commit");
        assertThat(artists.get(0).path("work").path("inserted").asLong()).isEqualTo(2);
        assertThat(artists.get(0).path("work").path("sourceLsn").isNull()).isTrue();
        assertThat(get("/tables/default/artists/timeline?limit=0").message())
                .isEqualTo("Cannot answer: 'limit' is a whole number from 1 to 10000, and not '0'.");
    }

    @Test
    void filesTellTheNewestSliceOfEachGroup() throws Exception {
        JsonNode groups = get("/tables/default/artists/files").body().path("files");

        assertThat(groups.findValuesAsText("partition")).containsExactly("nationality=Dutch", "nationality=French");
        assertThat(groups.get(0).path("baseFile").path("name").asText()).endsWith(".parquet");
        assertThat(groups.get(0).path("baseFile").path("bytes").asLong()).isPositive();
        assertThat(groups.get(0).path("baseFile").path("instant").asText()).matches("\\d{17}");
        assertThat(groups.get(0).path("logFiles").asInt()).isZero();
        assertThat(groups.get(0).path("olderSlices").asInt()).isZero();
    }

    @Test
    void queryKeepsValuesExact() throws Exception {
        TestEngine.Answer answer = query("""
            SELECT id, price, made, day, note, bytes, tags || array(null) AS tags, struct(id AS a, price AS b) AS s, map('k', price) AS m,
              double('NaN') AS n, 9007199254740993 AS big, true AS yes
            FROM default.artworks ORDER BY id""", Map.of());

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().path("columns").get(1).toString())
                .isEqualTo("{\"name\":\"price\",\"type\":\"decimal(10,2)\"}");
        assertThat(answer.body().path("columns").get(7).path("type").asText())
                .isEqualTo("struct<a:int,b:decimal(10,2)>");
        assertThat(answer.body().path("rows").get(1).toString())
                .isEqualTo("[2,\"99.99\",\"2026-11-22T10:30:00.123456Z\",\"1606-07-15\",null,\"AAE=\",[\"x\",null],"
                        + "{\"a\":2,\"b\":\"99.99\"},{\"k\":\"99.99\"},\"NaN\",9007199254740993,true]");
        assertThat(answer.body().path("truncated").asBoolean()).isFalse();
        assertThat(answer.body().path("millis").isNumber()).isTrue();
    }

    @Test
    void queryStopsAtTheWantedNumberOfRows() throws Exception {
        TestEngine.Answer answer = query("SELECT id FROM range(10)", Map.of("maxRows", 4));

        assertThat(answer.body().path("rows")).hasSize(4);
        assertThat(answer.body().path("truncated").asBoolean()).isTrue();
        assertThat(query("SHOW TABLES IN default;", Map.of())
                        .body()
                        .path("rows")
                        .size())
                .isEqualTo(5);
    }

    @Test
    void badSqlIsAnsweredInTheEnginesOwnWords() throws Exception {
        TestEngine.Answer syntax = query("SELECT * FORM t", Map.of());
        assertThat(syntax.status()).isEqualTo(400);
        assertThat(syntax.message())
                .startsWith("[PARSE_SYNTAX_ERROR] Syntax error at or near 't'")
                .contains("SELECT * FORM t\n--------------^^^")
                .doesNotContain("\tat ");

        TestEngine.Answer unknown = query("SELECT 1,\n  prise FROM default.artworks", Map.of());
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.message())
                .startsWith("[UNRESOLVED_COLUMN.WITH_SUGGESTION]")
                .contains("`price`")
                .endsWith("\n  prise FROM default.artworks\n  ^^^")
                .doesNotContain("Project");

        TestEngine.Answer running = query("SELECT assert_true(id < 2, 'too big') FROM range(5)", Map.of());
        assertThat(running.status()).isEqualTo(400);
        assertThat(running.message())
                .contains("too big")
                .doesNotContain("\tat ")
                .doesNotContain("stage failure");

        assertThat(query("", Map.of()).message())
                .isEqualTo("Cannot answer: field 'sql' of the body is missing or is not a text.");
    }

    @Test
    void queryThatTakesTooLongIsCancelled() throws Exception {
        long start = System.nanoTime();
        TestEngine.Answer answer = query(
                "SELECT count(*) FROM range(100000000) a CROSS JOIN range(100000) b WHERE a.id + b.id = 7",
                Map.of("timeoutSeconds", 1));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.message())
                .isEqualTo("Cannot finish the query within 1 s: it was cancelled. Give it more time with"
                        + " --timeout, or with sql.timeout in lake.yaml.");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        await().until(() -> session.sparkContext().statusTracker().getActiveJobIds().length == 0);
    }

    @Test
    void whatOneQuerySetsIsNotSeenByTheNext() throws Exception {
        assertThat(query("SET spark.sql.ansi.enabled=true", Map.of()).status()).isEqualTo(200);
        assertThat(query("SELECT 1/0", Map.of()).body().path("rows").toString()).isEqualTo("[[null]]");
    }

    @Test
    void whatIsDoneToATableIsLeftToItsWriter() throws Exception {
        CompletableFuture<TestEngine.Answer> done =
                post("/tables/default/artworks/compact", Map.of("timeoutSeconds", 60, "dryRun", true));
        JsonNode request = answerAsWriter("{\"report\":{\"done\":false,\"slices\":2}}");
        assertThat(request.path("kind").asText()).isEqualTo("compact");
        assertThat(request.path("dryRun").asBoolean()).isTrue();
        assertThat(request.path("until").asLong()).isGreaterThan(System.currentTimeMillis());
        assertThat(done.get().status()).as(done.get().message()).isEqualTo(200);
        assertThat(done.get().body().path("slices").asInt()).isEqualTo(2);
        assertThat(done.get().body().path("millis").isNumber()).isTrue();

        CompletableFuture<TestEngine.Answer> refused =
                post("/tables/default/artists/savepoint", Map.of("instant", "1", "note", "why"));
        assertThat(answerAsWriter("artists", "{\"refusal\":{\"code\":\"X\",\"message\":\"Cannot.\",\"user\":true}}")
                        .path("note")
                        .asText())
                .isEqualTo("why");
        assertThat(refused.get().status()).isEqualTo(400);
        assertThat(refused.get().message()).isEqualTo("Cannot.");

        TestEngine.Answer late = post("/tables/default/artworks/clean", Map.of("timeoutSeconds", 1))
                .get();
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.message())
                .isEqualTo("Cannot clean table 'default.artworks' within 1 s: its writer has not begun, and the request"
                        + " was taken back. 'tarn status' tells whether service collect runs; 'tarn table timeline"
                        + " default.artworks' shows what goes on.");
        assertThat(requests("artworks")).isEmpty();
        assertThat(requests("artists")).isEmpty();
    }

    @Test
    void whatNeedsNoWriterToBeRefusedIsRefusedAtOnce() throws Exception {
        assertThat(post("/tables/default/artists/compact", Map.of()).get().message())
                .isEqualTo(
                        "Cannot compact table 'default.artists': it is copy-on-write, so it has no logs to compact.");
        TestEngine.Answer rollback =
                post("/tables/default/artists/rollback", Map.of("instant", "1")).get();
        assertThat(rollback.status()).isEqualTo(409);
        assertThat(rollback.message())
                .isEqualTo("Cannot roll back table 'default.artists': it mirrors moma: public.artists, and the mirror"
                        + " reads on from the older commit, so the rows come again. Add --and-read-again if that is"
                        + " what you want.");
        assertThat(get("/tables/default/artists/compact").status()).isEqualTo(405);
        assertThat(get("/tables/default/artists/elsewhere").status()).isEqualTo(404);
    }

    @Test
    void statsAndSavepointsAreReadFromStorage() throws Exception {
        JsonNode stats = get("/tables/default/artworks/stats").body();

        assertThat(stats.path("writing").path("commits").size()).isEqualTo(2);
        assertThat(stats.path("writing").path("payloadBytes").asLong())
                .isEqualTo(stats.path("writing").path("bytesWritten").asLong());
        assertThat(stats.path("partitions")).hasSize(2);
        assertThat(get("/tables/default/artworks/savepoints").body().path("savepoints"))
                .isEmpty();
        assertThat(get("/tables/default/artworks/timeline?archived=true").body().path("timeline"))
                .isEqualTo(get("/tables/default/artworks/timeline").body().path("timeline"));
    }

    private static JsonNode answerAsWriter(String answer) throws IOException {
        return answerAsWriter("artworks", answer);
    }

    /** Waits for a request, and answers it as the lake's sink does. */
    private static JsonNode answerAsWriter(String table, String answer) throws IOException {
        await().until(() ->
                requests(table).size() == 1 && requests(table).get(0).toString().endsWith(".request"));
        Path request = requests(table).get(0);
        JsonNode asked = JSON.readTree(Files.readString(request));
        Path folder = Objects.requireNonNull(request.getParent());
        String id = request.getFileName().toString().replace(".request", "");
        Path draft = Files.writeString(folder.resolve(id + ".draft"), answer);
        Files.delete(request);
        Files.move(draft, folder.resolve(id + ".answer"));
        return asked;
    }

    private static List<Path> requests(String table) throws IOException {
        Path requests = folder.resolve(table).resolve(".hoodie/tarn-requests");
        if (!Files.exists(requests)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(requests)) {
            return files.toList();
        }
    }

    private static void write(String table, String type, String version, String sql, Map<String, String> notes) {
        session.sql(sql)
                .write()
                .format("hudi")
                .option("hoodie.table.name", table)
                .option("hoodie.datasource.write.table.type", type)
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.datasource.write.partitionpath.field", "nationality")
                .option("hoodie.datasource.write.hive_style_partitioning", "true")
                .option("hoodie.table.ordering.fields", "made")
                .option("hoodie.datasource.write.operation", "upsert")
                .option("hoodie.datasource.write.commitmeta.key.prefix", "tarn.")
                .option("hoodie.write.table.version", version)
                .option("hoodie.write.auto.upgrade", "false")
                .option("hoodie.metadata.enable", "false")
                .option("hoodie.embed.timeline.server", "false")
                .option("hoodie.write.markers.type", "DIRECT")
                .option("hoodie.upsert.shuffle.parallelism", "1")
                .options(TestSpark.fewTasks())
                .options(notes)
                .mode(SaveMode.Append)
                .save(folder.resolve(table).toString());
    }

    private static String rows(int from, int to, String price) {
        return """
            SELECT int(id) AS id, decimal(%s) AS price, timestamp'2026-11-22 10:30:00.123456' AS made,
              date'1606-07-15' AS day, string(null) AS note, X'0001' AS bytes, array('x') AS tags,
              if(id %% 2 = 0, 'French', 'Dutch') AS nationality
            FROM range(%d, %d)""".replace("decimal(%s)", "CAST(%s AS DECIMAL(10,2))").formatted(price, from, to + 1);
    }

    private static void create(String entry, String table, String type, String properties) {
        session.sql("""
            CREATE TABLE %s (id INT, price DECIMAL(10,2) COMMENT 'in dollars', made TIMESTAMP, day DATE, note STRING,
              bytes BINARY, tags ARRAY<STRING>, nationality STRING)
            USING hudi TBLPROPERTIES (type = '%s', primaryKey = 'id'%s)
            PARTITIONED BY (nationality) LOCATION '%s'""".formatted(entry, type, properties, folder.resolve(table)));
    }

    private static TestEngine.Answer get(String path) {
        return engine.get(path);
    }

    private static TestEngine.Answer query(String sql, Map<String, Object> more) {
        return engine.query(sql, more);
    }

    private static CompletableFuture<TestEngine.Answer> post(String path, Map<String, Object> body) {
        return engine.post(path, body);
    }
}

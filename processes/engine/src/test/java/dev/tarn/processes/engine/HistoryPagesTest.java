package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against tables that Spark writes with the columns that the lake's sink writes: both types, both versions. */
class HistoryPagesTest {
    private static final String TOPIC = "museum.public.works";

    private static final Kind WORKS = new Kind(
            "works",
            "MERGE_ON_READ",
            "6",
            Map.of("hoodie.compact.inline", "true", "hoodie.compact.inline.max.delta.commits", "3"));
    private static final Kind WORKS_COW = new Kind("works_cow", "COPY_ON_WRITE", "9", Map.of());
    private static final Kind SOFT = new Kind("soft", "MERGE_ON_READ", "9", Map.of());
    private static final Kind CLEANED = new Kind(
            "cleaned",
            "COPY_ON_WRITE",
            "6",
            Map.of("hoodie.clean.automatic", "true", "hoodie.clean.commits.retained", "2"));
    private static final Kind NOTED = new Kind("noted", "MERGE_ON_READ", "6", Map.of());
    private static final Kind LOANS =
            new Kind("loans", "MERGE_ON_READ", "9", Map.of("hoodie.datasource.write.recordkey.field", "a,b"));

    @TempDir
    private static Path folder;

    private static TestEngine engine;
    private static SparkSession session;

    @BeforeAll
    static void makeTables() throws Exception {
        engine = TestEngine.startWithoutCatalogState();
        session = engine.session;
        for (Kind kind : List.of(WORKS, WORKS_COW)) {
            // The life of row 2: copied, cheaper, moved to another partition, deleted, there again.
            write(
                    kind,
                    "upsert",
                    row("1", "Oil", "'A'", "10.00", "r", 100) + " UNION ALL "
                            + row("2", "Oil", "'B'", "20.00", "r", 100),
                    100,
                    2);
            write(kind, "upsert", row("2", "Oil", "'B'", "15.00", "u", 200), 200, 5);
            write(
                    kind,
                    "upsert",
                    row("2", "Print", "NULL", "15.00", "u", 300) + " UNION ALL "
                            + row("3", "Oil", "'C'", "30.00", "c", 310),
                    310,
                    7);
            write(kind, "delete", row("2", "Print", "NULL", "15.00", "d", 400), 400, 8);
            write(kind, "upsert", row("2", "Oil", "'B again'", "16.00", "c", 500), 500, 9);
            create(kind, "id", "moma: public.works");
        }
        write(SOFT, "upsert", row("1", "Oil", "'A'", "1.00", "c", 100), 100, 1);
        write(SOFT, "upsert", row("1", "Oil", "NULL", "NULL", "d", 200).replace("'false'", "'true'"), 200, 2);
        create(SOFT, "id", "moma: public.soft");
        for (int price = 1; price <= 4; price++) {
            write(CLEANED, "upsert", row("1", "Oil", "'A'", price + ".00", "u", price), price, price);
        }
        create(CLEANED, "id", "moma: public.cleaned");
        write(LOANS, "upsert", "SELECT 1 AS a, date'2026-01-02' AS b, 5 AS n, 'k' AS kind", 1, 1);
        write(LOANS, "upsert", "SELECT 1 AS a, date'2026-01-02' AS b, 6 AS n, 'k' AS kind", 2, 2);
        create(LOANS, "a,b", "");
        write(NOTED, "upsert", row("1", "Oil", "'A'", "1.00", "c", 1_000), 1_000, 1, span(1_000, 1_000));
        write(NOTED, "upsert", row("1", "Oil", "'A'", "3.00", "u", 3_000), 3_000, 3, span(2_000, 3_000));
        create(NOTED, "id", "moma: public.noted");
        writeRaw();
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    private record Kind(String name, String type, String version, Map<String, String> options) {}

    @Test
    void historyTellsEachVersionThroughCompactionMoveDeleteAndReturn() throws Exception {
        for (String table : List.of("works", "works_cow")) {
            JsonNode answer = ok("/tables/default/" + table + "/history?key=2");

            assertThat(texts(answer, "operation"))
                    .as(table)
                    .containsExactly("create", "delete", "update", "update", "copy");
            assertThat(answer.path("complete").asBoolean()).isTrue();
            JsonNode versions = answer.path("versions");
            assertThat(versions.get(0).path("lsn").asLong()).isEqualTo(500);
            assertThat(versions.get(0).path("sourceTime").asText()).isEqualTo("2025-11-24T16:00:00.500Z");
            assertThat(versions.get(0).path("row").path("price").asText()).isEqualTo("16.00");
            assertThat(versions.get(1).path("row").isNull()).isTrue();
            assertThat(versions.get(2).path("partition").asText()).isEqualTo("kind=Print");
            assertThat(versions.get(2).path("changes").toString())
                    .isEqualTo("[{\"column\":\"kind\",\"old\":\"Oil\",\"now\":\"Print\"},"
                            + "{\"column\":\"title\",\"old\":\"B\",\"now\":null}]");
            assertThat(versions.get(3).path("changes").toString())
                    .isEqualTo("[{\"column\":\"price\",\"old\":\"20.00\",\"now\":\"15.00\"}]");
            assertThat(versions.get(4).path("row").path("made").asText()).isEqualTo("2026-11-22T10:30:00.500000Z");
            List<String> instants = texts(answer, "instant");
            assertThat(instants)
                    .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                    .doesNotHaveDuplicates();
            assertThat(texts(answer, "completedAt")).allMatch(time -> time.matches("20.*Z"));
        }
        assertThat(ok("/tables/default/works/timeline").findValuesAsText("operation"))
                .contains("compact");
        assertThat(texts(ok("/tables/default/works/history?key=2&limit=2"), "operation"))
                .containsExactly("create", "delete");
    }

    @Test
    void softDeleteIsAVersion() throws Exception {
        JsonNode answer = ok("/tables/default/soft/history?key=1");

        assertThat(texts(answer, "operation")).containsExactly("soft-delete", "create");
        assertThat(answer.path("versions").get(0).path("row").path("title").isNull())
                .isTrue();
    }

    @Test
    void fileThatACompactionStillWritesIsLeftOut() throws Exception {
        String compaction = session.sql("CALL run_compaction(op => 'schedule', table => 'loans',"
                        + " options => 'hoodie.compact.inline.max.delta.commits=1')")
                .head()
                .getString(0);
        Path partition = folder.resolve("loans/kind=k");
        try (Stream<Path> files = Files.list(partition)) {
            String name = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.createFile(partition.resolve(name.replaceFirst("_\\d+\\.parquet$", "_" + compaction + ".parquet")));
        }

        assertThat(texts(ok("/tables/default/loans/history?key=1,2026-01-02"), "operation"))
                .containsExactly("update", "create");
    }

    @Test
    void keysOfSeveralColumnsAreGivenInOrderOrByName() throws Exception {
        for (String key : List.of("key=1,2026-01-02", "column.b=2026-01-02&column.a=01")) {
            JsonNode answer = ok("/tables/default/loans/history?" + key);
            assertThat(answer.path("key").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"2026-01-02\"}");
            // This table does not say what its operations were.
            assertThat(texts(answer, "operation")).containsExactly("update", "create");
            assertThat(answer.path("versions").get(0).path("changes").toString())
                    .isEqualTo("[{\"column\":\"n\",\"old\":5,\"now\":6}]");
        }
    }

    @Test
    void keysThatDoNotFitAreExplained() throws Exception {
        String advice = ". Give the key as its values in order (7 or 7,Oil), or each with --key COLUMN=VALUE.";
        assertThat(get("/tables/default/works/history?key=99").message())
                .isEqualTo(
                        "Cannot show the history of row '99' of table 'default.works': the table never had a row with"
                                + " this key. Its key is id.");
        assertThat(get("/tables/default/works/history?key=99").status()).isEqualTo(404);
        assertThat(get("/tables/default/cleaned/history?key=99").message())
                .matches(
                        "Cannot show the history of row '99' of table 'default.cleaned': no file that is kept has a row"
                                + " with this key; history is kept from 20\\S+Z on\\. Its key is id\\.");
        assertThat(get("/tables/default/loans/history?key=1").message())
                .isEqualTo(
                        "Cannot find a row of table 'default.loans': its key has 2 columns (a, b), and '1' has 1 value"
                                + advice);
        assertThat(get("/tables/default/works/history?key=two").message())
                .isEqualTo("Cannot find a row of table 'default.works': key column 'id' is int, and 'two' is none"
                        + advice);
        assertThat(get("/tables/default/loans/history?column.a=1&column.c=2").message())
                .isEqualTo("Cannot find a row of table 'default.loans': 'c' is no column of its key, which is a, b"
                        + advice);
        assertThat(get("/tables/default/loans/history?column.a=1").message())
                .isEqualTo("Cannot find a row of table 'default.loans': the value of key column 'b' is missing; its key"
                        + " is a, b" + advice);
        assertThat(get("/tables/default/works/history?key=2").status()).isEqualTo(200);
    }

    @Test
    void everyChangeIsReadFromRawObjects() throws Exception {
        JsonNode answer = ok("/tables/default/works/history?key=2&every=true");

        assertThat(texts(answer, "lsn")).containsExactly("500", "400", "300", "200", "190", "180", "100");
        assertThat(texts(answer, "operation"))
                .containsExactly("create", "delete", "update", "update", "update", "update", "copy");
        assertThat(answer.path("rawFiles").asInt()).isEqualTo(2);
        assertThat(answer.path("rawChanges").asInt()).isEqualTo(4);
        JsonNode versions = answer.path("versions");
        // Three changes of one commit, of which the table has the last.
        assertThat(versions.get(4).path("changes").toString())
                .isEqualTo("[{\"column\":\"price\",\"old\":\"18.00\",\"now\":\"17.00\"}]");
        assertThat(versions.get(4).path("instant")).isEqualTo(versions.get(3).path("instant"));
        assertThat(versions.get(4).path("instant")).isNotEqualTo(versions.get(6).path("instant"));
        assertThat(versions.get(1).path("row").isNull()).isTrue();
    }

    @Test
    void diffTellsRowsByKeyAndColumnWithCounts() throws Exception {
        for (String table : List.of("works", "works_cow")) {
            JsonNode all = ok("/tables/default/" + table + "/diff?from=0/64");
            assertThat(all.path("added").asInt()).as(table).isEqualTo(1);
            assertThat(all.path("removed").asInt()).isZero();
            assertThat(all.path("changed").asInt()).isEqualTo(1);
            assertThat(all.path("changedColumns").toString()).isEqualTo("{\"title\":1,\"price\":1}");
            assertThat(all.path("rows").get(0).toString())
                    .isEqualTo("{\"change\":\"changed\",\"key\":{\"id\":2},\"columns\":["
                            + "{\"column\":\"title\",\"old\":\"B\",\"now\":\"B again\"},"
                            + "{\"column\":\"price\",\"old\":\"20.00\",\"now\":\"16.00\"}]}");
            assertThat(all.path("rows").get(1).path("change").asText()).isEqualTo("added");
            assertThat(all.path("rows").get(1).path("key").path("id").asInt()).isEqualTo(3);

            JsonNode gone = ok("/tables/default/" + table + "/diff?from=0/136&to=0/190");
            assertThat(gone.path("removed").asInt()).isEqualTo(1);
            assertThat(gone.path("rows").get(0).path("columns").get(0).toString())
                    .isEqualTo("{\"column\":\"kind\",\"old\":\"Print\",\"now\":null}");

            JsonNode titles = ok("/tables/default/" + table + "/diff?from=0/64&columns=title&limit=0");
            assertThat(titles.path("changedColumns").toString()).isEqualTo("{\"title\":1}");
            assertThat(titles.path("rows")).isEmpty();
            assertThat(ok("/tables/default/" + table + "/diff?from=now")
                            .path("changed")
                            .asInt())
                    .isZero();
        }
        assertThat(ok("/tables/default/soft/diff?from=0/64").path("removed").asInt())
                .isEqualTo(1);
        assertThat(get("/tables/default/works/diff?from=0/64&columns=prize").message())
                .isEqualTo("Cannot compare column 'prize' of table 'default.works': it has no such column. Choose from"
                        + " id, kind, title, price, made, tags.");
    }

    @Test
    void changesAreTheNewestVersionsAndTheRowsThatAreGone() throws Exception {
        for (String table : List.of("works", "works_cow")) {
            JsonNode all = ok("/tables/default/" + table + "/changes?since=0/64");
            assertThat(all.path("operations").toString()).as(table).isEqualTo("{\"create\":2}");
            assertThat(all.path("rows").get(0).path("row").path("price").asText())
                    .isEqualTo("16.00");
            assertThat(all.path("rows").get(0).path("lsn").asLong()).isEqualTo(500);
            assertThat(all.path("rows").get(0).path("instant").asText()).matches("\\d{17}");

            JsonNode some = ok("/tables/default/" + table + "/changes?since=0/C8&until=0/136");
            assertThat(some.path("operations").toString()).isEqualTo("{\"create\":1,\"update\":1}");

            JsonNode gone = ok("/tables/default/" + table + "/changes?since=0/136&until=0/190");
            assertThat(gone.path("operations").toString()).isEqualTo("{\"delete\":1}");
            assertThat(gone.path("rows").get(0).path("key").toString()).isEqualTo("{\"id\":2}");
            assertThat(gone.path("rows").get(0).path("row").path("kind").asText())
                    .isEqualTo("Print");
            assertThat(gone.path("rows").get(0).path("instant").isNull()).isTrue();
        }
        assertThat(ok("/tables/default/soft/changes?since=0/64")
                        .path("operations")
                        .toString())
                .isEqualTo("{\"soft-delete\":1}");
        String first = texts(ok("/tables/default/loans/history?key=1,2026-01-02"), "instant")
                .get(1);
        assertThat(ok("/tables/default/loans/changes?since=" + first)
                        .path("operations")
                        .toString())
                .isEqualTo("{\"update\":1}");
    }

    @Test
    void everyMomentFindsTheCommitThatWasNewestThen() throws Exception {
        JsonNode timeline = ok("/tables/default/works_cow/timeline").path("timeline");
        JsonNode second = timeline.get(timeline.size() - 2);
        String instant = second.path("instant").asText();
        java.time.Instant completed =
                java.time.Instant.parse(second.path("completedAt").asText());
        for (String moment :
                List.of(instant, completed.toString(), completed.plusMillis(1).toString(), "0/C8", "0/C9")) {
            JsonNode diff = ok("/tables/default/works_cow/diff?from=" + moment);
            assertThat(diff.path("from").path("instant").asText()).as(moment).isEqualTo(instant);
        }
        JsonNode before = ok("/tables/default/works_cow/diff?from="
                + completed.minusMillis(1).toString());
        assertThat(before.path("from").path("instant").asText()).isLessThan(instant);
    }

    @Test
    void timesAreThoseOfTheSourceWhereCommitsSayThem() throws Exception {
        // The second second of the source is in no commit of its own.
        JsonNode changes = ok("/tables/default/noted/changes?since=2025-11-24T16:00:01.500Z");
        assertThat(changes.path("since").path("at").asText()).isEqualTo("2025-11-24T16:00:01.500Z");
        assertThat(changes.path("since").path("exact").asBoolean()).isTrue();
        assertThat(changes.path("rows").get(0).path("lsn").asLong()).isEqualTo(3_000);

        JsonNode within = ok("/tables/default/noted/diff?from=2025-11-24T16:00:02.500Z&to=2025-11-24T16:00:03Z");
        assertThat(within.path("from").path("at").asText()).isEqualTo("2025-11-24T16:00:01.999Z");
        assertThat(within.path("from").path("exact").asBoolean()).isFalse();
        assertThat(within.path("rows").get(0).path("columns").toString())
                .isEqualTo("[{\"column\":\"price\",\"old\":\"1.00\",\"now\":\"3.00\"}]");

        assertThat(get("/tables/default/noted/diff?from=2025-11-24T16:00:00.500Z")
                        .message())
                .startsWith("Cannot read table 'default.noted' as of 2025-11-24T16:00:00.500Z: its history begins at"
                        + " 2025-11-24T16:00:01.001Z (instant ");
    }

    @Test
    void momentsThatCannotBeReadAreRefused() throws Exception {
        assertThat(get("/tables/default/works/diff?from=yesterday").message())
                .startsWith("Cannot read moment 'yesterday': it is none of the forms of a moment.");
        assertThat(get("/tables/default/works/diff?from=2999-01-01").message())
                .matches("Cannot read table 'default.works' as of 2999-01-01T00:00:00Z: it is now 20\\S+Z, so that is"
                        + " yet to come\\. Give a moment of the past, or 'now'\\.");
        assertThat(get("/tables/default/works/diff?from=-7d").message())
                .matches("Cannot read table 'default.works' as of -7d: its history begins at 20\\S+Z \\(instant"
                        + " \\d{17}, position 0/64\\)\\. Give a later moment; 'tarn table timeline default.works' shows"
                        + " the commits\\.");
        assertThat(get("/tables/default/loans/diff?from=0/1").message())
                .isEqualTo("Cannot read tables as of position 0/1: none of them mirrors a source. Give a time instead,"
                        + " such as 2026-11-22T10:00:00Z.");
        assertThat(get("/tables/default/works/diff?from=0/190&to=0/64").message())
                .isEqualTo(
                        "Cannot compare table 'default.works' as of 0/190 and as of 0/64: the first is the later one."
                                + " Change them over.");
    }

    @Test
    void whatIsCleanedIsRefusedRatherThanShownInPart() throws Exception {
        TestEngine.Answer gone = get("/tables/default/cleaned/diff?from=0/1");

        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.body().path("code").asText()).isEqualTo("HISTORY_GONE");
        assertThat(gone.message())
                .matches("Cannot read table 'default.cleaned' as of 0/1: its history is kept from 20\\S+Z \\(instant"
                        + " \\d{17}, position 0/3\\) on\\. Give a later moment; 'tarn table timeline default.cleaned'"
                        + " shows the commits\\.");
        JsonNode first = ok("/tables/default/cleaned/diff?from=0/3");
        assertThat(first.path("rows").get(0).path("columns").toString())
                .isEqualTo("[{\"column\":\"price\",\"old\":\"3.00\",\"now\":\"4.00\"}]");
        JsonNode history = ok("/tables/default/cleaned/history?key=1");
        assertThat(history.path("complete").asBoolean()).isFalse();
        assertThat(texts(history, "lsn")).startsWith("4", "3");
    }

    private static List<String> texts(JsonNode history, String field) {
        return StreamSupport.stream(history.path("versions").spliterator(), false)
                .map(version -> version.path(field).asText())
                .toList();
    }

    /** Two files of the topic: the row's change of each commit after the first copy, and two more that one commit took. */
    private static void writeRaw() throws IOException {
        Schema schema = SchemaBuilder.record("Value")
                .fields()
                .requiredInt("id")
                .optionalString("kind")
                .optionalString("title")
                .optionalString("price")
                .requiredString("__op")
                .requiredLong("__lsn")
                .requiredLong("__source_ts_ms")
                .requiredString("__deleted")
                .requiredString("only_in_the_topic")
                .endRecord();
        writeRaw(
                schema,
                2,
                "2-4",
                raw(schema, "u", 180, "18.00"),
                raw(schema, "u", 190, "17.00"),
                raw(schema, "u", 200, "15.00"));
        writeRaw(schema, 7, "7", raw(schema, "d", 400, null));
    }

    private static GenericRecord raw(Schema schema, String op, long lsn, @Nullable String price) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", 2);
        record.put("kind", price == null ? null : "Oil");
        record.put("title", price == null ? null : "__debezium_unavailable_value");
        record.put("price", price);
        record.put("__op", op);
        record.put("__lsn", lsn);
        record.put("__source_ts_ms", 1_764_000_000_000L + lsn);
        record.put("__deleted", Boolean.toString(op.equals("d")));
        record.put("only_in_the_topic", "x");
        return record;
    }

    private static void writeRaw(Schema schema, int first, String offsets, GenericRecord... records)
            throws IOException {
        Path partition =
                Files.createDirectories(TestEngine.warehouse().resolve("raw/topics/" + TOPIC + "/partition=0"));
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setMeta("tarn.topic", TOPIC);
            writer.setMeta("tarn.partition", "0");
            writer.setMeta("tarn.offsets", offsets);
            writer.create(
                    schema,
                    partition
                            .resolve(TOPIC + "+0+" + "%010d".formatted(first) + ".avro")
                            .toFile());
            for (GenericRecord record : records) {
                writer.append(record);
            }
        }
    }

    private static String row(String id, String kind, String title, String price, String op, long lsn) {
        return "SELECT int(" + id + ") AS id, '" + kind + "' AS kind, string(" + title + ") AS title, CAST(" + price
                + " AS DECIMAL(10,2)) AS price, timestamp'2026-11-22 10:30:00.5' AS made, array('t') AS tags, '" + op
                + "' AS __op, bigint(" + lsn + ") AS __lsn, bigint(" + (1_764_000_000_000L + lsn)
                + ") AS __source_ts_ms, 'false' AS __deleted";
    }

    /** What the lake's sink notes of the commit times in the source. */
    private static Map<String, String> span(long from, long upto) {
        return Map.of(
                "tarn.from-ms", Long.toString(1_764_000_000_000L + from),
                "tarn.upto-ms", Long.toString(1_764_000_000_000L + upto));
    }

    private static void write(Kind kind, String operation, String sql, long lsn, long nextOffset) {
        write(kind, operation, sql, lsn, nextOffset, Map.of());
    }

    private static void write(
            Kind kind, String operation, String sql, long lsn, long nextOffset, Map<String, String> notes) {
        session.sql(sql)
                .write()
                .format("hudi")
                .option("hoodie.table.name", kind.name)
                .option("hoodie.datasource.write.table.type", kind.type)
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.datasource.write.partitionpath.field", "kind")
                .option("hoodie.datasource.write.hive_style_partitioning", "true")
                .option("hoodie.record.merge.mode", "COMMIT_TIME_ORDERING")
                .option("hoodie.datasource.write.operation", operation)
                .option("hoodie.datasource.write.commitmeta.key.prefix", "tarn.")
                .option("tarn.lsn", Long.toString(lsn))
                .option("tarn.offsets", TOPIC + ",0:" + nextOffset)
                .option("hoodie.index.type", "GLOBAL_SIMPLE")
                .option("hoodie.simple.index.update.partition.path", "true")
                .option("hoodie.write.table.version", kind.version)
                .option("hoodie.write.auto.upgrade", "false")
                .option("hoodie.metadata.enable", "false")
                .option("hoodie.embed.timeline.server", "false")
                .option("hoodie.write.markers.type", "DIRECT")
                .option("hoodie.upsert.shuffle.parallelism", "1")
                .options(TestSpark.fewTasks())
                .option("hoodie.clean.automatic", "false")
                .options(kind.options)
                .options(notes)
                .mode(SaveMode.Append)
                .save(folder.resolve(kind.name).toString());
    }

    private static void create(Kind kind, String key, String source) {
        session.sql("CREATE TABLE %s USING hudi TBLPROPERTIES (type='%s', primaryKey='%s') LOCATION '%s'"
                .formatted(kind.name, kind.type.startsWith("M") ? "mor" : "cow", key, folder.resolve(kind.name)));
        if (!source.isEmpty()) {
            TestEngine.mark(session, "default", kind.name, source);
        }
    }

    private static JsonNode ok(String path) throws Exception {
        TestEngine.Answer answer = get(path);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        return answer.body();
    }

    private static TestEngine.Answer get(String path) {
        return engine.get(path);
    }
}

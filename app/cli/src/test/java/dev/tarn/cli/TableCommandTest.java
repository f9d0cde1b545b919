package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tarn.cli.CommandRunner.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against answers as the server gives them. */
class TableCommandTest {
    private static final String NAMES = """
        "database":"museum","table":"artworks","type":"mor","path":"/lake/artworks","source":"moma: public.artworks",
        "views":["artworks","artworks_ro","artworks_rt"],"partitionColumns":["nationality"]\
        """;
    private static final String STATUS = NAMES + """
        ,"version":6,"sizeBytes":440000,"olderBytes":0,"baseFiles":3,"logFiles":2,"logBytes":9700,
        "lastCommit":{"instant":"20261122103000123","completedAt":"2026-11-22T10:30:00.165Z","ageMillis":4250},
        "position":{"lsn":2768656,"offsets":[{"topic":"m.public.artworks","partition":0,"next":42}]},"problem":null\
        """;
    private static final String BROKEN = """
        {"database":"museum","table":"gone","type":"cow","path":"/lake/gone","source":"","views":["gone"],
        "partitionColumns":[],"version":null,"sizeBytes":null,"lastCommit":null,"position":null,"problem":"no such folder"}\
        """;

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final Map<String, String> requests = new LinkedHashMap<>();
    private int status = 200;

    @TempDir
    private Path lake;

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            requests.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.contains("names=only") ? 200 : status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Files.writeString(lake.resolve("lake.yaml"), "name: museum\n");
        Files.writeString(
                Files.createDirectories(lake.resolve(".tarn/run")).resolve("server.json"),
                "{\"pid\":%d,\"url\":\"http://127.0.0.1:%d\",\"token\":\"x\",\"startedAt\":\"%s\",\"user\":\"me\"}"
                        .formatted(
                                ProcessHandle.current().pid(),
                                server.getAddress().getPort(),
                                Instant.now()));
        answers.put("/api/v1/tables", "{\"tables\":[{" + STATUS + "}," + BROKEN + "]}");
        answers.put("/api/v1/tables?names=only", "{\"tables\":[{" + NAMES + "}]}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void listIsForPeopleAndForPrograms() {
        Result list = run("table", "list");
        assertThat(list.out().lines().map(String::stripTrailing))
                .containsExactly(
                        "table            type  size     files  logs  age   lsn       source",
                        "museum.artworks  mor   430 KiB  3      2     4.2s  0/2A3F10  moma: public.artworks",
                        "museum.gone      cow   -        -      -     -     -");
        assertThat(list.err()).isEqualTo("table 'museum.gone': no such folder\n");
        assertThat(run("table", "list", "--output", "csv").out())
                .startsWith("table,type,sizeBytes,baseFiles,logFiles,ageMillis,lsn,source\n"
                        + "museum.artworks,mor,440000,3,2,4250,2768656,moma: public.artworks\n");
        assertThat(run("table", "list", "--output", "json").out()).contains("\"lsn\" : 2768656");
    }

    @Test
    void showTellsFactsAndColumns() {
        answers.put(
                "/api/v1/tables/museum/artworks",
                "{" + STATUS
                        + ",\"rows\":5000,\"partitions\":12,\"putAside\":2,\"columns\":[{\"name\":\"id\",\"type\":\"int\","
                        + "\"comment\":\"the key\"},{\"name\":\"title\",\"type\":\"string\",\"comment\":null}]}");

        Result show = run("table", "show", "artworks_rt");

        assertThat(show.out().lines().map(String::stripTrailing))
                .containsExactly(
                        "table        museum.artworks",
                        "type         merge-on-read, version 6 of Hudi's format",
                        "source       moma: public.artworks",
                        "path         /lake/artworks",
                        "views        artworks, artworks_ro, artworks_rt",
                        "partitions   12 by nationality",
                        "rows         5,000",
                        "size         430 KiB: 3 base files, 2 logs (9.5 KiB); 0 B more for the past",
                        "last commit  20261122103000123, 4.2s ago, at 2026-11-22T10:30:00.165Z",
                        "position     0/2A3F10",
                        "offsets      m.public.artworks[0] 42",
                        "put aside    2 records that do not fit, with their reasons in"
                                + " /lake/artworks/.hoodie/tarn-quarantine",
                        "",
                        "column  type    comment",
                        "id      int     the key",
                        "title   string  -");
    }

    @Test
    void timelineAndFilesShowDashesWhereThereIsNothing() {
        answers.put("/api/v1/tables/museum/artworks/timeline?limit=2", """
            {"timeline":[{"instant":"2","action":"clean","state":"requested","completedAt":null,"durationMillis":null,
            "work":null},{"instant":"1","action":"deltacommit","state":"completed","completedAt":"2026-11-22T10:30:00Z",
            "durationMillis":42,"work":{"operation":"upsert","inserted":3,"updated":0,"deleted":1,"bytesWritten":640,
            "files":2,"sourceLsn":100}}]}""");
        answers.put("/api/v1/tables/museum/artworks/files", """
            {"files":[{"partition":"","fileId":"a","baseFile":null,"logFiles":1,"logBytes":10,"olderSlices":0},
            {"partition":"nationality=Dutch","fileId":"b","baseFile":{"name":"b.parquet","bytes":2048,"instant":"1"},
            "logFiles":0,"logBytes":0,"olderSlices":2}]}""");

        assertThat(run("table", "timeline", "museum.artworks", "-n", "2")
                        .out()
                        .lines()
                        .map(String::stripTrailing))
                .containsExactly(
                        "instant  action       operation  state      completed             inserted  updated  deleted"
                                + "  written  files  took  lsn   about",
                        "2        clean        -          requested  -                     -         -        -"
                                + "        -        -      -     -     -",
                        "1        deltacommit  upsert     completed  2026-11-22T10:30:00Z  3         0        1"
                                + "        640 B    2      42ms  0/64  -");
        assertThat(run("table", "files", "artworks").out().lines().map(String::stripTrailing))
                .containsExactly(
                        "partition          base file  size     logs  log size  older",
                        "                   -          -        1     10 B      0",
                        "nationality=Dutch  b.parquet  2.0 KiB  0     0 B       2");
        assertThat(run("table", "timeline", "artworks", "-n", "0").err())
                .isEqualTo(
                        "Cannot show 0 entries of the timeline of 'artworks'. Give -n a number from 1 on. [USAGE]\n");
    }

    @Test
    void compactionTellsWhatCameOfIt() {
        answers.put("/api/v1/tables/museum/artworks/compact", "{\"compacted\":true,\"instant\":\"17\",\"millis\":5}");
        assertThat(run("table", "compact", "artworks", "--timeout", "7").err())
                .matches("Compacted table 'museum.artworks' in \\d+\\S+, as instant 17\\.\n");
        assertThat(requests.get("/api/v1/tables/museum/artworks/compact")).isEqualTo("{\"timeoutSeconds\":7}");

        answers.put("/api/v1/tables/museum/artworks/compact", "{\"compacted\":false,\"instant\":null,\"millis\":5}");
        assertThat(run("table", "compact", "artworks").err())
                .isEqualTo("Table 'museum.artworks' has nothing to compact.\n");
        assertThat(run("table", "compact", "artworks", "--output", "csv").out())
                .matches("table,compacted,instant,millis\nmuseum.artworks,false,,\\d+\n");
    }

    @Test
    void dryRunOfACleanSaysWhatItWouldRemoveAndForHowLongBack() {
        answers.put("/api/v1/tables/museum/artworks/clean", """
            {"done":false,"instant":"20261122103000123","filesRemoved":12,"bytesRemoved":3145728,"filesHeld":2,
            "bytesHeld":1024,"commitsUndone":[],"reachesBackTo":"20261122103000123","millis":40}""");

        assertThat(run("table", "clean", "artworks", "--keep", "7d", "--dry-run")
                        .out())
                .isEqualTo("""
            Table 'museum.artworks' would be cleaned (dry run: nothing was changed).
              files removed: 12 (3.0 MiB)
              files kept for savepoints: 2 (1.0 KiB)
              time travel reaches back to: 20261122103000123
            """);
        assertThat(requests.get("/api/v1/tables/museum/artworks/clean"))
                .contains("\"keepHours\":168", "\"dryRun\":true");
        assertThat(run("table", "clean", "artworks", "--keep", "soon").err())
                .isEqualTo("Cannot clean: --keep is 'soon'; give it hours or days, such as 36h or 7d. [USAGE]\n");
        assertThat(run("table", "clean", "artworks", "--keep", "7d", "--keep-commits", "3")
                        .err())
                .startsWith("Cannot clean: --keep-commits and --keep say two things");
    }

    @Test
    void savepointsAreMadeListedAndLetGo() {
        answers.put("/api/v1/tables/museum/artworks/savepoint", "{\"done\":true,\"instant\":\"17\",\"millis\":5}");
        assertThat(run("table", "savepoint", "artworks", "--note", "before the move")
                        .out())
                .isEqualTo("Table 'museum.artworks' has a savepoint, instant 17, in 5ms.\n");
        assertThat(requests.get("/api/v1/tables/museum/artworks/savepoint")).contains("before the move");

        answers.put("/api/v1/tables/museum/artworks/savepoints", """
            {"savepoints":[{"instant":"17","committedAt":"2026-11-22T10:30:00Z","savedAt":"2026-11-22T10:31:00Z",
            "user":"me","note":null,"files":2,"bytes":640}]}""");
        assertThat(run("table", "savepoints", "artworks", "--output", "csv").out())
                .isEqualTo("""
            instant,committedAt,savedAt,user,note,files,bytes
            17,2026-11-22T10:30:00Z,2026-11-22T10:31:00Z,me,,2,640
            """);

        assertThat(run("table", "savepoint", "artworks", "--delete").err())
                .startsWith("Cannot delete a savepoint: there is no instant.");
        answers.put("/api/v1/tables/museum/artworks/delete-savepoint", "{\"done\":true,\"instant\":\"17\"}");
        assertThat(run("table", "savepoint", "artworks", "17", "--delete").out())
                .isEqualTo("Table 'museum.artworks' no longer has the savepoint, instant 17.\n");
    }

    @Test
    void rollbackTellsWhatItUndoesAndFromWhereOnIsReadAgain() {
        answers.put("/api/v1/tables/museum/artworks/rollback", """
            {"done":true,"instant":"17","bytesRemoved":10,"commitsUndone":["19","18"],"rowsUndone":7,
            "readsAgainFrom":"m.public.artworks,0:42","millis":2000}""");

        assertThat(run("table", "rollback", "artworks", "--to", "17", "--and-read-again")
                        .out())
                .isEqualTo("""
                    Table 'museum.artworks' was taken back to 17, in 2.0s.
                      commits undone: 2: 19, 18
                      rows of those: 7
                      reads again from: m.public.artworks,0:42
                    """);
        assertThat(requests.get("/api/v1/tables/museum/artworks/rollback")).contains("\"readAgain\":true");
    }

    @Test
    void statsSayWhatEachMeasureMeans() {
        answers.put("/api/v1/tables/museum/artworks/stats", """
            {"writing":{"since":"17","bytesWritten":2048,"bytesRewritten":1024,"payloadBytes":1024,"amplification":2.0,
            "commits":[{"instant":"17","operation":"upsert","rows":3,"bytesWritten":1024,"payloadBytes":1024,
            "amplification":1.0}]},"smallFiles":{"targetBytes":67108864,"files":1,"share":0.5,"bytes":10,"mergeable":0},
            "logs":{"files":2,"bytes":512,"baseBytes":1024,"ratio":0.5},"groups":[],
            "partitions":[{"partition":"","fileGroups":2,"bytes":1536,"share":1.0}],"skew":1.0,
            "past":{"slices":1,"bytes":640,"oldestInstant":"17","oldestAt":"2026-11-22T10:30:00Z","savepoints":0},
            "compaction":{"slices":1,"logs":2,"bytesRead":1536,"bytesWritten":1194}}""");

        assertThat(run("table", "stats", "artworks").out())
                .contains(
                        "write amplification  2.0",
                        "2.0 KiB written for 1.0 KiB of new and changed rows, 1.0 KiB of it by compaction",
                        "50 % of base files are below half of 64 MiB",
                        "fold 2 logs");
        assertThat(run("table", "stats", "artworks", "--output", "csv").out()).isEqualTo("""
            instant,operation,rows,bytesWritten,payloadBytes,amplification
            17,upsert,3,1024,1024,1.0
            """);
    }

    @Test
    void nounWithoutAVerbAndLakeThatIsDownAreExplained() throws IOException {
        assertThat(run("table").err())
                .contains(
                        "missing command: one of list, show, timeline, files, history, diff, changes, compact, stats, clean, cluster, savepoint, savepoints, rollback, verify.");
        Files.delete(lake.resolve(".tarn/run/server.json"));
        assertThat(run("table", "list").err())
                .isEqualTo("Cannot ask lake 'museum': it is not running. Start it with: tarn up. [LAKE_STOPPED]\n");
    }

    private Result run(String... args) {
        return new CommandRunner(lake, lake).run(args);
    }
}

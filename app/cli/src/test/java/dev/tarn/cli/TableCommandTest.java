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
                                + "  written  files  took  lsn",
                        "2        clean        -          requested  -                     -         -        -"
                                + "        -        -      -     -",
                        "1        deltacommit  upsert     completed  2026-11-22T10:30:00Z  3         0        1"
                                + "        640 B    2      42ms  0/64");
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
    void nounWithoutAVerbAndLakeThatIsDownAreExplained() throws IOException {
        assertThat(run("table").err())
                .contains(
                        "missing command: one of list, show, timeline, files, history, diff, changes, compact, verify.");
        Files.delete(lake.resolve(".tarn/run/server.json"));
        assertThat(run("table", "list").err())
                .isEqualTo("Cannot ask lake 'museum': it is not running. Start it with: tarn up. [LAKE_STOPPED]\n");
    }

    private Result run(String... args) {
        return new CommandRunner(lake, lake).run(args);
    }
}

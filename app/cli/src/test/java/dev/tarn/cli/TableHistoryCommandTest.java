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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against answers as the server gives them. */
class TableHistoryCommandTest {
    private static final String TABLE = "/api/v1/tables/moma/artists/";
    private static final String HISTORY = """
        {"key":{"id":"7"},"complete":false,"keptFrom":{"instant":"20261122100000000","completedAt":"2026-11-22T10:00:01Z"},
        "count":4,"versions":[
        {"instant":"20261122104000000","completedAt":"2026-11-22T10:40:01Z","sourceTime":null,"operation":"delete",
         "lsn":2768700,"partition":"","changes":[],"row":null},
        {"instant":"20261122103000123","completedAt":"2026-11-22T10:30:00.2Z","sourceTime":"2026-11-22T10:29:59Z",
         "operation":"update","lsn":2768656,"partition":"","changes":[{"column":"name","old":"Rembrant","now":"Rembrandt"},
         {"column":"born","old":null,"now":1606}],"row":{"id":7,"name":"Rembrandt","born":1606,"__op":"u"}},
        {"instant":"20261122102000000","completedAt":"2026-11-22T10:20:01Z","sourceTime":"2026-11-22T10:20:00Z",
         "operation":"update","lsn":2768600,"partition":"","changes":[],"row":{"id":7,"name":"Rembrant","born":null}},
        {"instant":"20261122100000000","completedAt":null,"sourceTime":null,"operation":"create","lsn":null,"partition":"",
         "changes":[],"row":{"id":7,"name":"Rembrant","born":null,"__op":"c"}}]}""";
    private static final String DIFF = """
        {"from":{"instant":"1","completedAt":null,"at":"2026-11-22T10:00:00.999Z","exact":false},
        "to":{"instant":"2","completedAt":null,"at":"2026-11-22T12:00:00Z","exact":true},"added":12,"removed":3,
        "changed":40,"changedColumns":{"price":38,"title":2},"rows":[
        {"change":"changed","key":{"id":7,"kind":"Oil"},"columns":[{"column":"price","old":"1.00","now":null},
         {"column":"title","old":"A\\nB","now":"C"}]},
        {"change":"added","key":{"id":8,"kind":"Oil"},"columns":[{"column":"title","old":null,"now":"D"}]}]}""";
    private static final String CHANGES = """
        {"since":{},"until":{},"operations":{"update":40,"delete":2},"rows":[
        {"operation":"update","key":{"id":7},"instant":"20261122103000123","lsn":2768656,
         "sourceTime":"2026-11-22T10:29:59Z","row":{"id":7,"name":"Rembrandt"}},
        {"operation":"delete","key":{"id":8},"instant":null,"lsn":null,"sourceTime":null,"row":{"id":8,"name":"Hals"}}]}""";

    private final Map<String, String> answers = new LinkedHashMap<>();

    @TempDir
    private Path lake;

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            byte[] answer = answers.getOrDefault(path, "{\"error\":\"not asked for: " + path + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 400, answer.length);
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
        answers.put(
                "/api/v1/tables?names=only",
                "{\"tables\":[{\"database\":\"moma\",\"table\":\"artists\",\"views\":[\"artists\"]}]}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void historyIsALineForEachColumnThatChanged() {
        answers.put(TABLE + "history?key=7&limit=1000000", HISTORY);

        Result history = run("table", "history", "artists", "7");

        assertThat(history.exitCode()).as(history.err()).isZero();
        assertThat(lines(history))
                .containsExactly(
                        "source time           committed               operation  lsn       instant"
                                + "            changes",
                        "-                     2026-11-22T10:40:01Z    delete     0/2A3F3C  20261122104000000  -",
                        "2026-11-22T10:29:59Z  2026-11-22T10:30:00.2Z  update     0/2A3F10  20261122103000123"
                                + "  name: Rembrant -> Rembrandt",
                        "                                                                                    "
                                + "  born: null -> 1606",
                        "2026-11-22T10:20:00Z  2026-11-22T10:20:01Z    update     0/2A3ED8  20261122102000000  -",
                        "-                     -                       create     -         20261122100000000"
                                + "  id: 7",
                        "                                                                                    "
                                + "  name: Rembrant");
        assertThat(history.err())
                .isEqualTo("History is kept from 2026-11-22T10:00:01Z on; what was before may be missing.\n");
        assertThat(lines(run("table", "history", "artists", "7", "--oldest-first"))
                        .get(1))
                .contains("create");
        assertThat(run("table", "history", "artists", "7", "--output", "csv").out())
                .startsWith("sourceTime,completedAt,operation,lsn,instant,column,old,now\n"
                        + ",2026-11-22T10:40:01Z,delete,2768700,20261122104000000,,,\n"
                        + "2026-11-22T10:29:59Z,2026-11-22T10:30:00.2Z,update,2768656,20261122103000123,name,Rembrant,"
                        + "Rembrandt\n");
        assertThat(run("table", "history", "artists", "7", "--output", "json").out())
                .contains("\"lsn\" : 2768656", "\"complete\" : false");
    }

    @Test
    void keysLimitsAndRawObjectsAreAskedFor() {
        String none = "{\"count\":9,\"complete\":true,\"rawFiles\":3,\"rawChanges\":4,\"versions\":["
                + "{\"operation\":\"create\",\"changes\":[],\"row\":{\"a\":1}}]}";
        answers.put(TABLE + "history?column.a=1&column.b=x+y&limit=1&every=true", none);

        Result history = run("table", "history", "artists", "--key", "a=1", "--key", "b=x y", "-n", "1", "--every");

        assertThat(history.err())
                .isEqualTo("Shown: the newest 1 of 9 versions.\n"
                        + "Read 3 raw objects; changes of this row in them: 4.\n");
        String advice = " Give the key as its values in order (7 or 7,Oil), or each column with --key COLUMN=VALUE."
                + " [USAGE]\n";
        assertThat(run("table", "history", "artists").err())
                .isEqualTo("Cannot show the history of a row of 'artists' without its key." + advice);
        assertThat(run("table", "history", "artists", "7", "--key", "a=1").err())
                .isEqualTo("Cannot show the history of a row of 'artists' by two keys." + advice);
        assertThat(run("table", "history", "artists", "7", "-n", "0").err())
                .isEqualTo("Cannot show the history of a row of 'artists' with 0 versions. Give -n a number from 1 on."
                        + " [USAGE]\n");
    }

    @Test
    void diffEndsWithItsSummary() {
        answers.put(TABLE + "diff?from=-2h&limit=100", DIFF);
        answers.put(
                TABLE + "diff?from=0%2F2A&to=2026-11-22T10%3A00%3A00%2B01%3A00&limit=0&columns=price%2Ctitle", DIFF);

        Result diff = run("table", "diff", "artists", "--from", "-2h");

        assertThat(lines(diff))
                .containsExactly(
                        "change   key    columns",
                        "changed  7,Oil  price: 1.00 -> null",
                        "                title: A B -> C",
                        "added    8,Oil  title: D",
                        "",
                        "12 added, 3 removed, 40 changed: price 38, title 2");
        assertThat(diff.err())
                .isEqualTo(
                        "From 2026-11-22T10:00:00.999Z, the latest moment before that for which the table has a complete"
                                + " state.\nThese are the first 2 of 55 rows. --limit shows more.\n");
        assertThat(run("table", "diff", "artists", "--from", "-2h", "--output", "csv")
                        .out())
                .isEqualTo(
                        "change,key,column,old,now\nchanged,\"7,Oil\",price,1.00,\nchanged,\"7,Oil\",title,\"A\nB\",C\n"
                                + "added,\"8,Oil\",title,,D\n");
        assertThat(run("table", "diff", "artists", "--from", "-2h", "-n", "0").err())
                .isEqualTo("Cannot show 0 rows of 'artists'. Give --limit a number from 1 on, or ask for --summary."
                        + " [USAGE]\n");
        assertThat(run("table", "diff", "artists").err()).contains("missing required option: '--from=MOMENT'");

        List<String> words = List.of(
                "table",
                "diff",
                "artists",
                "--from",
                "0/2A",
                "--to",
                "2026-11-22T10:00:00+01:00",
                "--columns",
                "price,title",
                "--summary",
                "--output",
                "csv");
        assertThat(run(words.toArray(String[]::new)).out())
                .isEqualTo(
                        "change,column,rows\nadded,,12\nremoved,,3\nchanged,,40\nchanged,price,38\nchanged,title,2\n");
    }

    @Test
    void changesAreRowsWithTheirLastOperation() {
        answers.put(TABLE + "changes?since=-1d&limit=1000", CHANGES);

        Result changes = run("table", "changes", "artists", "--since", "-1d");

        assertThat(lines(changes))
                .containsExactly(
                        "operation  source time           lsn       instant            id  name",
                        "update     2026-11-22T10:29:59Z  0/2A3F10  20261122103000123  7   Rembrandt",
                        "delete     -                     -         -                  8   Hals");
        assertThat(changes.err())
                .isEqualTo("40 update, 2 delete\nThese are the first 2 of 42 rows. --limit shows more.\n");
        assertThat(run("table", "changes", "artists", "--since", "-1d", "--output", "csv")
                        .out())
                .startsWith("operation,source time,lsn,instant,id,name\nupdate,2026-11-22T10:29:59Z,2768656,");
        assertThat(run("table", "changes", "artists", "--since", "-1d", "-n", "0")
                        .err())
                .isEqualTo("Cannot show 0 rows of 'artists'. Give --limit a number from 1 on. [USAGE]\n");
    }

    private static List<String> lines(Result result) {
        return result.out().lines().map(String::stripTrailing).toList();
    }

    private Result run(String... args) {
        return new CommandRunner(lake, lake).run(args);
    }
}

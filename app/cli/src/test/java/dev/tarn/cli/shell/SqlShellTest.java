package dev.tarn.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.cli.TestServer;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.CatalogNames;
import dev.tarn.cli.server.SqlOptions;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Terminal.Look;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a terminal that can do nothing but lines, against answers as the server gives them. */
class SqlShellTest {
    private static final String NAMES = """
        {"databases":["default","moma"],"tables":[{"database":"moma","table":"artworks","columns":["artwork_id","title"]},
        {"database":"moma","table":"artists","columns":["name"]}]}""";

    @TempDir
    private Path lake;

    private TestServer server;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void startServer() throws Exception {
        server = new TestServer(lake);
        server.engine(sql -> sql.equals("SELEC")
                ? TestServer.error("Cannot run the SQL: no. [SQL]")
                : TestServer.value("sql", "\"" + sql.replace("\n", " ") + "\""));
        server.answer("/api/v1/catalog", NAMES);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void statementsTakeSeveralLinesAndShareASession() throws Exception {
        String shown = type("SELECT 1,\n  ';'\n;\nSELEC;\nSELECT 2; SELECT 3;\n");

        assertThat(shown.replaceAll("\\d\\.\\d\\d s", "0.00 s").lines().map(String::strip))
                .containsSubsequence("SELECT 1,   ';'", "(1 row, 0.00 s)")
                .containsSubsequence("Cannot run the SQL: no. [SQL]", "SELECT 2", "SELECT 3", "(1 row, 0.00 s)");
        assertThat(server.queries()).hasSize(4);
        assertThat(server.queries().stream().map(query -> query.get("session")).distinct())
                .hasSize(1)
                .doesNotContainNull();
        assertThat(server.requests()).last().isEqualTo("DELETE /api/v1/sessions/ID");
    }

    @Test
    void commandsOfTheShellNeedNoSemicolon() throws Exception {
        String shown =
                type("\\timing\n\\o csv\nSELECT 1;\n\\d\n\\d moma.artworks\n\\o pdf\n\\x\nhelp\n\\q\nSELECT 9;\n");

        assertThat(shown)
                .contains("Timing is off.\n", "sql\nSELECT 1\n")
                .contains("database,table,columns\nmoma,artworks,2\nmoma,artists,1\n")
                .contains("sql\nDESCRIBE TABLE moma.artworks\n")
                .contains("Cannot print as 'pdf': there are table, json and csv. Name one of them. [USAGE]\n")
                .contains("Cannot do '\\x': there is no such command. 'help' shows them all. [USAGE]\n")
                .contains("\\o FORMAT        print rows as table, json or csv\n")
                .doesNotContain("SELECT 9");
    }

    @Test
    void historyIsKeptForItsOwnerAlone() throws Exception {
        type("SELECT 'kept';\n");
        Path history = lake.resolve(".tarn/sql-history");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        assertThat(history).content().contains("SELECT 'kept';");
        type("SELECT 'more';\n");
        assertThat(history).content().contains("SELECT 'kept';", "SELECT 'more';");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void interruptCancelsTheStatementAndKeepsTheShell() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        server.engine(sql -> {
            if (!sql.equals("SELECT 'endless'")) {
                return TestServer.value("sql", "\"" + sql + "\"");
            }
            try {
                boolean ended = cancelled.await(20, TimeUnit.SECONDS);
                return TestServer.error(ended ? "Cannot finish the query: it was cancelled." : "nobody cancelled it");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        PipedInputStream in = new PipedInputStream();
        try (PipedOutputStream keys = new PipedOutputStream(in);
                DumbTerminal screen = screen(in)) {
            CompletableFuture<Void> shell = CompletableFuture.runAsync(() -> shell().run(screen));
            keys.write("SELECT 'endless';\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            await().until(() -> !server.queries().isEmpty());
            String id = String.valueOf(server.queries().get(0).get("id"));
            server.answer("/api/v1/query/" + id, "{\"cancelled\":true}");

            screen.raise(Signal.INT);
            await().until(() -> server.requests().contains("DELETE /api/v1/query/ID"));
            cancelled.countDown();
            keys.write("SELECT 'after';\n\\q\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();

            shell.get(20, TimeUnit.SECONDS);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Cannot finish the query: it was cancelled.\n", "SELECT 'after'");
    }

    @Test
    void keywordsAndNamesAreCompleted() {
        NameCompleter completer = new NameCompleter(() -> new CatalogNames(
                List.of("default", "moma"),
                List.of(
                        new CatalogNames.Relation("moma", "artworks", List.of("artwork_id", "title")),
                        new CatalogNames.Relation("moma", "artists", List.of("name")))));

        assertThat(complete(completer, "SELECT ti", 9)).contains("title", "timestamp", "name");
        assertThat(complete(completer, "SEL", 3)).contains("SELECT");
        assertThat(complete(completer, "SELECT * FROM moma.art", 22)).contains("moma.artworks", "moma.artists");
        assertThat(complete(completer, "SELECT  FROM artists", 7))
                .contains("name")
                .doesNotContain("title");
        assertThat(complete(completer, "\\", 1)).isEqualTo(ShellCommand.ALL);
    }

    private static List<String> complete(NameCompleter completer, String line, int cursor) {
        ParsedLine parsed = new StatementParser().parse(line, cursor, ParseContext.COMPLETE);
        return completer.candidates(parsed).stream().map(Candidate::value).toList();
    }

    private String type(String keys) throws Exception {
        try (DumbTerminal screen = screen(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)))) {
            shell().run(screen);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static DumbTerminal screen(InputStream keys) throws Exception {
        return new DumbTerminal("test", "dumb", keys, new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    }

    private SqlShell shell() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new SqlShell(
                new LakeLocation(lake),
                new Terminal(stream, stream, Look.PLAIN, Look.PLAIN),
                new SqlOptions(null, null, null, null),
                OutputFormat.TABLE);
    }
}

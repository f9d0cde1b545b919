package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.CommandRunner.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against answers as the server gives them. */
class SqlCommandTest {
    @TempDir
    private Path lake;

    private TestServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new TestServer(lake);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void rowsAreForPeopleAndForPrograms() {
        server.engine(sql -> """
            {"columns":[{"name":"a/b","type":"decimal(3,1)"},{"name":"tags","type":"array<string>"}],
            "rows":[["9.5",["x",null]],[null,[]]],"truncated":true,"millis":3}""");

        Result sql = run("sql", "SELECT \"ü\"", "--max-rows", "2");

        assertThat(sql.out().lines().map(String::stripTrailing))
                .containsExactly("a/b  tags", "9.5  [\"x\",null]", "-    []");
        assertThat(sql.err()).isEqualTo("There are more rows; these are the first 2. --max-rows shows more.\n");
        assertThat(server.queries().get(0))
                .containsEntry("sql", "SELECT \"ü\"")
                .containsEntry("maxRows", 2)
                .containsEntry("leaseSeconds", 15)
                .doesNotContainKeys("timeoutSeconds", "session");
        assertThat(run("sql", "SELECT 1", "--output", "csv", "--timeout", "7").out())
                .isEqualTo("a/b,tags\n9.5,\"[\"\"x\"\",null]\"\n,[]\n");
        assertThat(server.queries().get(1)).containsEntry("timeoutSeconds", 7).doesNotContainKey("maxRows");
        assertThat(run("sql", "SELECT 1", "--output", "json").out().replaceAll("\\s", ""))
                .isEqualTo("[{\"a/b\":\"9.5\",\"tags\":[\"x\",null]},{\"a/b\":null,\"tags\":[]}]");
    }

    @Test
    void refusalOfTheEngineIsPassedOn() {
        server.engine(sql -> TestServer.error("Cannot run the SQL: no. [SQL]"));

        Result sql = run("sql", "SELEC");

        assertThat(sql.exitCode()).isEqualTo(2);
        assertThat(sql.err()).isEqualTo("Cannot run the SQL: no. [SQL]\n");
    }

    @Test
    void fileRunsInOneSessionAndStopsAtTheFirstError() throws IOException {
        Files.writeString(lake.resolve("setup.sql"), """
            -- Two things; then a slip.
            USE moma;
            SELECT ';' AS a; SELECT 2 AS b;

            SELEC 3;
            SELECT 4
            """);
        server.engine(sql -> switch (sql) {
            case "SELECT ';' AS a" -> TestServer.value("a", "\";\"");
            case "SELECT 2 AS b" -> TestServer.value("b", "2");
            case "SELEC 3" -> TestServer.error("Cannot run the SQL: no. [SQL]");
            default -> "{\"columns\":[],\"rows\":[]}";
        });

        Result sql = run("sql", "--file", "setup.sql", "--output", "csv");

        assertThat(sql.out()).isEqualTo("a\n;\n\nb\n2\n");
        assertThat(sql.err()).isEqualTo("setup.sql line 5: Cannot run the SQL: no. [SQL]\n");
        assertThat(sql.exitCode()).isEqualTo(2);
        assertThat(server.queries()).hasSize(4);
        assertThat(server.queries().stream().map(query -> query.get("session")).distinct())
                .hasSize(1)
                .doesNotContainNull();
        // Spark counts lines from the beginning of the text that it gets.
        assertThat(server.queries().get(3)).containsEntry("sql", "\n\n\n\nSELEC 3");
        assertThat(server.requests()).last().isEqualTo("DELETE /api/v1/sessions/ID");
        assertThat(run("sql", "USE moma;\nSELEC 3").err()).isEqualTo("line 2: Cannot run the SQL: no. [SQL]\n");
    }

    @Test
    void standardInputIsAFile() {
        server.engine(sql -> TestServer.value("sql", "\"" + sql + "\""));
        InputStream usual = System.in;
        System.setIn(new ByteArrayInputStream("SELECT 1;\nSELECT 2;".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("sql", "-f", "-", "--output", "json").out().replaceAll("\\s", ""))
                    .isEqualTo("[{\"sql\":\"SELECT1\"}][{\"sql\":\"SELECT2\"}]");
        } finally {
            System.setIn(usual);
        }
    }

    @Test
    void whatCannotBeRunIsExplained() throws IOException {
        assertThat(run("sql").err())
                .isEqualTo(
                        "Cannot run SQL: there is no statement, and no terminal to type one. Give it in quotes, or use"
                                + " --file FILE; - is standard input. [USAGE]\n");
        assertThat(run("sql", "SELECT 1", "--file", "x").err())
                .isEqualTo(
                        "Cannot run SQL: a statement and a file at once are one too many; give one of them. [USAGE]\n");
        assertThat(run("sql", "--file", "gone.sql").err())
                .isEqualTo("Cannot read 'gone.sql': there is no such file. Check the path. [FILE_MISSING]\n");
        Files.writeString(lake.resolve("empty.sql"), "-- nothing; at all\n");
        assertThat(run("sql", "--file", "empty.sql").err())
                .isEqualTo("Cannot run SQL: there is no statement in 'empty.sql'. Write one. [USAGE]\n");
        assertThat(run("sql", "--timeout", "0", "SELECT 1").err())
                .isEqualTo("Cannot run SQL: --timeout is 0. Give it a number from 1 on. [USAGE]\n");
        assertThat(run("sql", "--max-rows", "-1", "SELECT 1").err())
                .isEqualTo("Cannot run SQL: --max-rows is -1. Give it a number from 1 on. [USAGE]\n");
        assertThat(server.queries()).isEqualTo(java.util.List.<Map<String, Object>>of());
    }

    private Result run(String... args) {
        return new CommandRunner(lake, lake).run(args);
    }
}

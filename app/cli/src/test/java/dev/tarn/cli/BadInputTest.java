package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.CommandRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every refusal of the command that needs no server: its one line and its exit code. */
class BadInputTest {
    @TempDir
    private Path directory;

    private Path lake = Path.of("");

    @BeforeEach
    void createLake() throws IOException {
        lake = Files.createDirectories(directory.resolve("shop"));
        Files.writeString(lake.resolve("lake.yaml"), "# mine\nname: shop # ours\n");
    }

    @Test
    void noLakeHereOrAbove() {
        assertRefused(
                run("status"),
                "Cannot find a lake: neither '" + directory + "' nor a directory above it holds lake.yaml."
                        + " Name one with -C, or make one with: tarn init museum --example museum. [LAKE_NOT_FOUND]");
    }

    @Test
    void namedDirectoryIsNoLake() {
        assertRefused(
                run("-C", "/nowhere", "up"),
                "Cannot open lake '/nowhere': there is no such directory."
                        + " Make one with: tarn init /nowhere --example museum. [LAKE_NOT_FOUND]");
        assertRefused(
                run("-C", directory.toString(), "down"),
                "Cannot open lake '" + directory + "': it holds no lake.yaml." + " Make one with: tarn init "
                        + directory + " --example museum. [LAKE_NOT_FOUND]");
    }

    @Test
    void unknownCommandSuggestsTheNearest() {
        assertRefused(
                run("statsu"),
                "Cannot run 'tarn': there is no command 'statsu'. Did you mean 'status'?"
                        + " 'tarn help' explains it. [USAGE]");
        assertRefused(
                run("-C", "shop", "dwon"),
                "Cannot run 'tarn': there is no command 'dwon'. Did you mean 'down'? 'tarn help' explains it. [USAGE]");
    }

    @Test
    void unknownOptionSuggestsTheNearest() {
        assertRefused(
                run("-C", "shop", "status", "--outptu", "json"),
                "Cannot run 'tarn status': there is no option '--outptu'. Did you mean '--output'?"
                        + " 'tarn help status' explains it. [USAGE]");
    }

    @Test
    void wordTooMany() {
        assertRefused(
                run("-C", "shop", "status", "all"),
                "Cannot run 'tarn status': there is no argument 'all'. 'tarn help status' explains it. [USAGE]");
    }

    @Test
    void missingArgument() {
        assertRefused(
                run("init"),
                "Cannot run 'tarn init': missing required parameter: 'DIR'. 'tarn help init' explains it. [USAGE]");
    }

    @Test
    void nothingAtAllShowsTheUsage() {
        Result result = run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("Usage: tarn [-C DIR] COMMAND", "demo", "init", "up", "down", "status", "logs");
    }

    @Test
    void wrongOutputFormat() {
        assertRefused(
                run("-C", "shop", "status", "--output", "xml"),
                "Cannot run 'tarn status': invalid value for option '--output': it is one of table, json, csv, and not"
                        + " 'xml'. 'tarn help status' explains it. [USAGE]");
    }

    @Test
    void initInDirectoryThatIsNotEmpty() {
        assertRefused(
                run("init", "shop", "--example", "museum"),
                "Cannot make lake 'museum' in '" + lake + "': it is not empty, it holds 'lake.yaml'."
                        + " Name a new or an empty directory. [DIRECTORY_NOT_EMPTY]");
    }

    @Test
    void initWhereAFileIs() {
        assertRefused(
                run("init", "shop/lake.yaml"),
                "Cannot make lake 'lake_yaml' in '" + lake.resolve("lake.yaml") + "': it is a file."
                        + " Name a new or an empty directory. [DIRECTORY_NOT_EMPTY]");
    }

    @Test
    void initBelowAFile() {
        Result result = run("init", "shop/lake.yaml/deep");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("Cannot make lake 'deep' in '" + lake + "/lake.yaml/deep': ")
                .endsWith("Name a directory that you may write. [LAKE_NOT_WRITABLE]\n")
                .hasLineCount(1);
    }

    @Test
    void unknownExampleSuggestsTheNearestAndListsAll() {
        assertRefused(
                run("init", "new", "--example", "musem"),
                "Cannot make a lake from example 'musem': there is none. Did you mean 'museum'?"
                        + " Examples: museum (artists and artworks of the Museum of Modern Art, kept in PostgreSQL)."
                        + " rentals (sales of a video rental as streams of events)."
                        + " [EXAMPLE_UNKNOWN]");
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void logsBeforeTheFirstStart() {
        assertRefused(
                run("-C", "shop", "logs", "engine"),
                "Cannot show the log of 'engine': lake 'shop' has no logs yet. Start it with: tarn up."
                        + " [LOG_NOT_FOUND]");
    }

    @Test
    void logsOfUnknownService() throws IOException {
        Path logs = Files.createDirectories(lake.resolve(".tarn/logs"));
        Files.writeString(logs.resolve("server.log"), "");
        Files.writeString(logs.resolve("engine.log"), "");

        assertRefused(
                run("-C", "shop", "logs", "enigne"),
                "Cannot show the log of 'enigne': lake 'shop' has logs of engine, server. Did you mean 'engine'?"
                        + " [LOG_NOT_FOUND]");
        assertRefused(
                run("-C", "shop", "logs", "../lake.yaml"),
                "Cannot show the log of '../lake.yaml': lake 'shop' has logs of engine, server. Name one of these."
                        + " [LOG_NOT_FOUND]");
    }

    @Test
    void wrongNumberOfLines() {
        assertRefused(
                run("-C", "shop", "logs", "server", "-n", "-1"),
                "Cannot show -1 lines of the log of 'server'. Give -n a number from 0 on. [USAGE]");
    }

    @Test
    void demoInAnotherLake() {
        assertRefused(
                run("demo", "--directory", "shop"),
                "Cannot make the demo in 'shop': it is the lake 'shop' already."
                        + " Name another directory with --directory. [DEMO_DIRECTORY]");
    }

    @Test
    void serverNoteThatIsNoJson() throws IOException {
        Path note = Files.createDirectories(lake.resolve(".tarn/run")).resolve("server.json");
        Files.writeString(note, "{}");

        assertRefused(
                run("-C", "shop", "status"),
                "Cannot read '" + note + "': field 'pid' is missing. Delete it if no server of lake 'shop' runs."
                        + " [SERVER_NOTE]");
    }

    @Test
    void upWithoutAProgram() {
        assertRefused(
                run("-C", "shop", "up"),
                "Cannot start the server: there is no program in '" + directory + "/home/lib/server'."
                        + " Build it with ./mvnw -DskipTests package, or start tarn through its launcher."
                        + " [HOME_INCOMPLETE]");
    }

    @Test
    void downWithNothingRunningIsNoError() {
        assertThat(run("-C", "shop", "down"))
                .isEqualTo(new Result(0, "", "Lake 'shop' is not running; nothing to stop.\n"));
    }

    private Result run(String... args) {
        return new CommandRunner(directory, directory.resolve("home")).run(args);
    }

    private static void assertRefused(Result result, String message) {
        assertThat(result).isEqualTo(new Result(2, "", message + "\n"));
    }
}

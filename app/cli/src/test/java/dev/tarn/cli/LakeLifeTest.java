package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.cli.CommandRunner.Result;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Terminal.Look;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Up, status and down against a process that keeps to the server's contract: see {@link dev.tarn.server.Main}. */
class LakeLifeTest {
    @TempDir
    private Path directory;

    private Path home = Path.of("");
    private Path lake = Path.of("");

    @BeforeEach
    void createProgramAndLake() throws Exception {
        home = directory.resolve("home");
        lake = Files.createDirectories(directory.resolve("shop lake"));
        Files.createDirectories(home.resolve("lib/server"));
        Path classes = Path.of(dev.tarn.server.Main.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(home.resolve("lib/server/server.jar")));
                Stream<Path> files = Files.list(classes.resolve("dev/tarn/server"))) {
            for (Path file : files.toList()) {
                jar.putNextEntry(new ZipEntry("dev/tarn/server/" + file.getFileName()));
                Files.copy(file, jar);
            }
        }
    }

    @AfterEach
    void stopServer() {
        if (Files.exists(lake.resolve(".tarn/run/server.json"))) {
            run("down");
        }
    }

    @Test
    void lakeStartsOnceShowsItselfAndStops() throws IOException {
        behave("well");

        Result up = run("up", "--profile", "big", "--new-ports");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).containsPattern("server +ready +\\d+ +http://127.0.0.1:\\d+ +64 MiB +1s +1.2");
        assertThat(up.err()).contains("engine: healthy (", "kafka: external (");
        assertThat(lake.resolve(".tarn/logs/server.log"))
                .content()
                .contains("arguments [up, " + lake + ", --profile, big, --new-ports]");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lake.resolve(".tarn"))))
                .isEqualTo("rwx------");

        Result again = run("up");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .matches("Cannot start lake 'shop': process \\d+ of user me runs it since 20\\S+Z\\."
                        + " 'tarn status' shows it, 'tarn down' stops it\\. \\[LAKE_RUNNING]\n");

        assertThat(run("status").out())
                .containsPattern("engine +healthy +\\d+ +jdbc:hive2://x +0 MiB +0s +3.5 *\n +t:1")
                .containsPattern("kafka +external +- +k:9092 +- +- +-");
        assertThat(run("status", "--output", "csv").out())
                .startsWith("name,state,pid,address,memoryBytes,uptimeMillis,version\nserver,ready,")
                .contains("kafka,external,,k:9092,,,\n");
        assertThat(run("status", "--output", "json").out()).contains("\"restarts\" : 0", "\"profile\" : null");

        Result down = run("down");
        assertThat(down.exitCode()).isZero();
        assertThat(down.err()).endsWith("Lake 'shop' is stopped.\n");
        assertThat(run("status").out()).containsPattern("server +stopped");
    }

    @Test
    void refusalOfTheServerIsPassedOnAsItIs() throws IOException {
        behave("refuses");

        Result up = run("up");

        assertThat(up.exitCode()).isEqualTo(2);
        assertThat(up.err()).isEqualTo("Cannot start: two\nreasons. [SETTINGS_INVALID]\n");
    }

    @Test
    void serverThatEndsWithoutAReasonShowsTheEndOfItsLog() throws IOException {
        behave("crashes");
        Path log = Files.createDirectories(lake.resolve(".tarn/logs")).resolve("server.log");
        Files.writeString(log, "of an earlier start\n");

        Result up = run("up");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err())
                .matches(
                        "(?s)Cannot start lake 'shop': the server \\(process \\d+\\) ended with exit code 7 and gave no"
                                + " reason\\. The end of its log follows; all of it: \\Q" + log
                                + "\\E \\[SERVER_ENDED]\n"
                                + "  arguments .*\n  the last words\n")
                .doesNotContain("earlier");
    }

    @Test
    void failedServiceEndsTheWaitAndNamesTheNextStep() throws IOException {
        behave("fails");

        Result up = run("up");

        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(up.err())
                .endsWith("Cannot start all of lake 'shop': service 'engine' failed. Cannot run it: no memory."
                        + " See 'tarn logs engine'. The other services go on; 'tarn up' tries it again, 'tarn down'"
                        + " stops the lake."
                        + " [SERVICE_FAILED]\n");
        assertThat(run("status").out()).endsWith("engine: Cannot run it: no memory. [NO_MEMORY]\n");

        Result otherwise = run("up", "--profile", "big");
        assertThat(otherwise.exitCode()).isEqualTo(2);
        assertThat(otherwise.err()).endsWith("'tarn down' stops it. [LAKE_RUNNING]\n");
        Result again = run("up");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).startsWith("Starts again: engine.\n");
    }

    @Test
    void lakeThatOnlyStartsIsWaitedForAndStopped() throws Exception {
        behave("late");
        CompletableFuture<Result> up = CompletableFuture.supplyAsync(() -> run("up"));
        await().until(() -> Files.exists(lake.resolve(".tarn/lock.holder")));

        CompletableFuture<Result> down = CompletableFuture.supplyAsync(() -> run("down"));
        await().during(Duration.ofMillis(500)).until(() -> !down.isDone());
        Files.createFile(lake.resolve(".tarn/run/go"));

        assertThat(down.get().exitCode()).isZero();
        assertThat(down.get().err()).endsWith("Lake 'shop' is stopped.\n");
        assertThat(up.get().exitCode()).isNotNegative();
    }

    @Test
    void startThatTakesTooLongGoesOnInTheBackground() throws IOException {
        behave("hangs");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, nowhere, Look.PLAIN, Look.PLAIN);
        LakeStart start = new LakeStart(terminal, new ProgramHome(home), Duration.ofSeconds(1));

        assertThatThrownBy(() -> start.run(LakeLocation.load(lake), null, List.of()))
                .hasMessage("Cannot start all of lake 'shop' within 1 s. It goes on in the background: 'tarn status'"
                        + " shows it, 'tarn logs server' tells more, 'tarn down' stops it. [START_TIMEOUT]")
                .extracting(fault -> ((TarnException) fault).kind())
                .isEqualTo(ErrorKind.RESOURCES);
        await().until(() -> Files.exists(lake.resolve(".tarn/run/server.json")));
    }

    @Test
    void orphansOfAKilledServerAreShownAndStopped() throws IOException {
        behave("well");
        Process orphan = new ProcessBuilder("sleep", "600").start();
        note(orphan.toHandle(), orphan.info().startInstant().orElseThrow().toEpochMilli());

        assertThat(run("status").out()).containsPattern("collect +orphaned +" + orphan.pid());
        assertThat(run("status", "--output", "json").out()).contains("\"orphaned\"");
        Result down = run("down");

        assertThat(down)
                .isEqualTo(new Result(
                        0,
                        "",
                        "Stopped what a killed server of lake 'shop' left behind: collect (process " + orphan.pid()
                                + ").\n"));
        await().until(() -> !orphan.isAlive());
    }

    @Test
    void youngerProcessWithTheSameIdIsNoOrphan() throws IOException {
        behave("well");
        note(ProcessHandle.current(), 0);

        assertThat(run("status").out()).doesNotContain("collect");
        assertThat(run("down").err()).isEqualTo("Lake 'shop' is not running; nothing to stop.\n");
    }

    @Test
    void livingServerThatDoesNotAnswerIsAnError() throws IOException {
        behave("well");
        Files.createDirectories(lake.resolve(".tarn/run"));
        Files.writeString(lake.resolve(".tarn/run/server.json"), """
            {"pid":%d,"url":"http://127.0.0.1:1","token":"x","startedAt":"2999-01-01T00:00:00Z","user":"me"}\
            """.formatted(
                        ProcessHandle.current().pid()));

        Result status = run("status");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.err())
                .startsWith("Cannot see the state of the lake: process ")
                .endsWith(" and then 'tarn down' end it. [SERVER_SILENT]\n");
        Files.delete(lake.resolve(".tarn/run/server.json"));
    }

    private void note(ProcessHandle process, long startedAtMillis) throws IOException {
        Files.createDirectories(lake.resolve(".tarn/run"));
        Files.writeString(
                lake.resolve(".tarn/run/collect.json"),
                "{\"name\":\"collect\",\"pid\":" + process.pid() + ",\"startedAtMillis\":" + startedAtMillis + "}");
    }

    private void behave(String how) throws IOException {
        Files.writeString(lake.resolve("lake.yaml"), "name: shop\n# test: " + how + "\n");
    }

    private Result run(String... args) {
        String[] all =
                Stream.concat(Stream.of("-C", lake.toString()), Stream.of(args)).toArray(String[]::new);
        return new CommandRunner(directory, home).run(all);
    }
}
